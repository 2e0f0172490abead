package io.cite.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.core.contract.Servers;
import io.cite.server.fixture.JsonClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What CITE adds to a deployment: from the moment that the {@code success} status is sent to GitHub
 * until the controller is there, and from the moment that the last pod is ready until the Service
 * selects it. Both ends of each are seen through watches of the cluster.
 */
class DeployOverheadBench {
  private static final int WARM_UP = 3;
  private static final int DEPLOYMENTS = Integer.getInteger("bench.deployments", 20);
  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final String DEPLOYMENT = "cite.io/deployment";

  private final String owner =
      "bench-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
  private final String repository = owner + "/hello";
  private final String service = "/v1/services/" + owner + "/hello";
  private final Map<String, Long> controllers = new ConcurrentHashMap<>();
  private final Map<String, Long> ready = new ConcurrentHashMap<>();
  private final Map<String, Long> switched = new ConcurrentHashMap<>();

  @Test
  void fromStatusToControllerAndFromReadyToSwitched(@TempDir Path folder) throws Exception {
    try (StandInBuilds builds =
            new StandInBuilds(URI.create(Servers.require("CITE_BUILDBOT_URL")));
        RealServers servers =
            RealServers.start(folder, Map.of("buildbot.url", builds.url().toString()));
        EtcdRecords etcd = new EtcdRecords();
        KubernetesClient kubernetes = new KubernetesClientBuilder().build()) {
      Checkout checkout = servers.checkout(repository);
      try {
        measure(servers, builds, kubernetes, checkout);
      } finally {
        servers.cite().delete(service);
        await().atMost(TIMEOUT).until(() -> servers.cite().get(service).status() == 404);
        for (String key : etcd.speakingOf(owner)) {
          etcd.delete(key);
        }
      }
    }
  }

  private void measure(
      RealServers servers, StandInBuilds builds, KubernetesClient kubernetes, Checkout checkout)
      throws Exception {
    push(checkout, "begin");
    servers.cite().post("/v1/services", Map.of("repository", repository)).expect(202);
    await().atMost(TIMEOUT).until(() -> servers.cite().get(service).text("state").equals("READY"));
    String built = push(checkout, "built");
    awaitLive(servers, built);
    withoutBuildbot(servers);
    watch(kubernetes);

    List<Long> toController = new ArrayList<>();
    List<Long> toSwitched = new ArrayList<>();
    for (int i = 0; i < WARM_UP + DEPLOYMENTS; i++) {
      String commit = push(checkout, "number " + i);
      awaitKnown(servers, commit);
      String image = tag(built, commit);
      builds.succeeded(repository, "main", commit, image);
      long sent = System.nanoTime();
      report(servers, commit, image);
      awaitLive(servers, commit);
      String seq = servers.cite().get(service + "/environments/main").json().at("/live/seq") + "";
      await().atMost(TIMEOUT).until(() -> switched.containsKey(seq));
      if (i >= WARM_UP) {
        toController.add(controllers.get(seq) - sent);
        toSwitched.add(switched.get(seq) - ready.get(seq));
      }
    }
    Results.add("success status sent to controller created: " + Results.times(toController));
    Results.add("last pod ready to Service switched: " + Results.times(toSwitched));
  }

  /** From here on the bench speaks for Buildbot, so that no build is in the way. */
  private void withoutBuildbot(RealServers servers) {
    for (JsonNode hook : servers.listed("/repos/" + repository + "/hooks")) {
      if (!hook.at("/config/url").asString().equals(servers.ownHook())) {
        servers
            .github()
            .delete("/repos/" + repository + "/hooks/" + hook.path("id").asLong())
            .expect(204);
      }
    }
  }

  private String push(Checkout checkout, String page) throws Exception {
    String dockerfile =
        "FROM "
            + Servers.require("RIG_BASE_IMAGE")
            + "\nEXPOSE 8080\nCMD [\"httpd\", \"-f\", \"-p\", \"8080\", \"-h\", \"/srv\"]\n";
    return checkout.push(page, Map.of("Dockerfile", dockerfile, "index.html", page));
  }

  private void awaitKnown(RealServers servers, String commit) {
    await()
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                servers
                    .cite()
                    .get(service + "/environments/main")
                    .json()
                    .at("/lastBuild/commit")
                    .asString("")
                    .equals(commit));
  }

  /** Gives the image of one commit the tag of another one, and returns its name. */
  private String tag(String built, String commit) throws Exception {
    String registry = Servers.require("CITE_REGISTRY");
    String manifests = "http://" + registry + "/v2/" + repository + "/manifests/";
    String types =
        "application/vnd.oci.image.manifest.v1+json,"
            + "application/vnd.docker.distribution.manifest.v2+json";
    HttpClient client = HttpClient.newHttpClient();
    HttpResponse<byte[]> manifest =
        client.send(
            HttpRequest.newBuilder(URI.create(manifests + built)).header("Accept", types).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    HttpRequest put =
        HttpRequest.newBuilder(URI.create(manifests + commit))
            .header("Content-Type", manifest.headers().firstValue("Content-Type").orElseThrow())
            .PUT(HttpRequest.BodyPublishers.ofByteArray(manifest.body()))
            .build();
    assertThat(client.send(put, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(201);
    return registry + "/" + repository + ":" + commit;
  }

  private void report(RealServers servers, String commit, String image) {
    servers
        .github()
        .post(
            "/repos/" + repository + "/statuses/" + commit,
            Map.of(
                "state",
                "success",
                "context",
                "buildbot/cite-build",
                "description",
                "imageName:" + image))
        .expect(201);
  }

  private void awaitLive(RealServers servers, String commit) {
    await("commit " + commit + " to be live")
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              JsonClient.Answer now = servers.cite().get(service + "/environments/main");
              assertThat(now.json().at("/live/commit").asString(""))
                  .as(now.body())
                  .isEqualTo(commit);
            });
  }

  private void watch(KubernetesClient kubernetes) {
    kubernetes
        .replicationControllers()
        .inNamespace(owner)
        .inform(
            Seen.by(
                (ReplicationController rc) ->
                    controllers.putIfAbsent(
                        rc.getMetadata().getLabels().get(DEPLOYMENT), System.nanoTime())));
    kubernetes.pods().inNamespace(owner).inform(Seen.by(this::pod));
    kubernetes
        .services()
        .inNamespace(owner)
        .inform(
            Seen.by(
                (Service seen) ->
                    switched.putIfAbsent(
                        seen.getSpec().getSelector().get(DEPLOYMENT), System.nanoTime())));
  }

  private void pod(Pod pod) {
    boolean isReady =
        pod.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
    if (isReady) {
      ready.putIfAbsent(pod.getMetadata().getLabels().get(DEPLOYMENT), System.nanoTime());
    }
  }

  /** Hears of every object that came or changed. */
  private record Seen<T extends HasMetadata>(Consumer<T> seen) implements ResourceEventHandler<T> {
    static <T extends HasMetadata> Seen<T> by(Consumer<T> seen) {
      return new Seen<>(seen);
    }

    @Override
    public void onAdd(T object) {
      seen.accept(object);
    }

    @Override
    public void onUpdate(T before, T object) {
      seen.accept(object);
    }

    @Override
    public void onDelete(T object, boolean unknown) {
      // what is gone was seen before
    }
  }
}
