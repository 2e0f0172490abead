package io.cite.server.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * What the mock server's store does not do by itself: logs of pods, uid preconditions of deletions,
 * refusal to create in a namespace that does not exist, and the deletion of what is in a deleted
 * namespace. Everything else goes to the store; each change is published.
 */
final class SandboxDispatcher extends Dispatcher {
  private static final Pattern LOG =
      Pattern.compile("/api/v1/namespaces/([^/]+)/pods/([^/]+)/log(?:\\?(.*))?");
  private static final Pattern NAMESPACE = Pattern.compile("/api/v1/namespaces/([^/?]+)(?:\\?.*)?");
  private static final Pattern CREATION =
      Pattern.compile("/apis?/(?:[^/]+/)?[^/]+/namespaces/([^/]+)/[^/?]+(?:\\?.*)?");
  private static final List<String> COLLECTIONS =
      List.of(
          "/apis/apps/v1/namespaces/%s/replicasets",
          "/api/v1/namespaces/%s/replicationcontrollers",
          "/api/v1/namespaces/%s/pods",
          "/api/v1/namespaces/%s/services",
          "/api/v1/namespaces/%s/endpoints",
          "/api/v1/namespaces/%s/secrets",
          "/api/v1/namespaces/%s/configmaps",
          "/api/v1/namespaces/%s/events");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Dispatcher store;
  private final BiFunction<Pod, LogRequest, String> logs;
  private final Runnable changed;

  /**
   * @param logs the log of a pod
   * @param changed called after each change
   */
  SandboxDispatcher(Dispatcher store, BiFunction<Pod, LogRequest, String> logs, Runnable changed) {
    this.store = store;
    this.logs = logs;
    this.changed = changed;
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    String path = request.getPath();
    if (request.method() == HttpMethod.GET) {
      Matcher log = LOG.matcher(path);
      return log.matches() ? log(log) : read(request);
    }
    MockResponse refusal = refusal(request);
    if (refusal != null) {
      return refusal;
    }
    MockResponse response = store.dispatch(request);
    if (response.code() < 300) {
      Matcher namespace = NAMESPACE.matcher(path);
      if (request.method() == HttpMethod.DELETE && namespace.matches()) {
        COLLECTIONS.forEach(c -> store.dispatch(delete(String.format(c, namespace.group(1)))));
      }
      changed.run();
    }
    return response;
  }

  private MockResponse read(RecordedRequest request) {
    MockResponse response = store.dispatch(request);
    WebSocketListener events = response.getWebSocketListener();
    return events == null
        ? response
        : response.withWebSocketUpgrade(
            new WatchListener(events, SandboxDispatcher::onAnotherThread));
  }

  private static void onAnotherThread(Runnable task) {
    Thread thread = new Thread(task, "sandbox-kubernetes-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private MockResponse log(Matcher request) {
    String name = request.group(2);
    MockResponse found =
        store.dispatch(get("/api/v1/namespaces/" + request.group(1) + "/pods/" + name));
    if (found.code() != 200) {
      return status(404, "NotFound", "pods \"" + name + "\" not found");
    }
    Pod pod = Serialization.unmarshal(found.getBody().readUtf8(), Pod.class);
    return new MockResponse()
        .setResponseCode(200)
        .addHeader("Content-Type: text/plain")
        .setBody(logs.apply(pod, LogRequest.parse(request.group(3))));
  }

  private @Nullable MockResponse refusal(RecordedRequest request) {
    String path = request.getPath();
    if (request.method() == HttpMethod.POST) {
      Matcher creation = CREATION.matcher(path);
      if (creation.matches() && !exists("/api/v1/namespaces/" + creation.group(1))) {
        return status(404, "NotFound", "namespaces \"" + creation.group(1) + "\" not found");
      }
    }
    if (request.method() == HttpMethod.DELETE && request.getBody().size() > 0) {
      String wanted = uid(request.getUtf8Body(), "preconditions");
      MockResponse found = store.dispatch(get(path));
      if (wanted != null && found.code() == 200) {
        String uid = uid(found.getBody().readUtf8(), "metadata");
        if (!wanted.equals(uid)) {
          return status(409, "Conflict", "Precondition failed: UID in precondition: " + wanted);
        }
      }
    }
    return null;
  }

  private boolean exists(String path) {
    return store.dispatch(get(path)).code() == 200;
  }

  private static @Nullable String uid(String json, String field) {
    try {
      JsonNode uid = JSON.readTree(json).path(field).path("uid");
      return uid.isString() ? uid.stringValue() : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  private static RecordedRequest get(String path) {
    return request(HttpMethod.GET, path);
  }

  private static RecordedRequest delete(String path) {
    return request(HttpMethod.DELETE, path);
  }

  private static RecordedRequest request(HttpMethod method, String path) {
    return new RecordedRequest(
        "HTTP/1.1", method, path, Headers.builder().build(), new Buffer(new byte[0]));
  }

  private static MockResponse status(int code, String reason, String message) {
    return new MockResponse()
        .setResponseCode(code)
        .addHeader("Content-Type: application/json")
        .setBody(
            Serialization.asJson(
                new StatusBuilder()
                    .withStatus("Failure")
                    .withCode(code)
                    .withReason(reason)
                    .withMessage(message)
                    .build()));
  }

  @Override
  public void shutdown() {
    store.shutdown();
  }

  @Override
  public void releaseResources() {
    store.releaseResources();
  }
}
