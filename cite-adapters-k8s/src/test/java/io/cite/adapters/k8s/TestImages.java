package io.cite.adapters.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.contract.Servers;
import io.cite.core.domain.image.Digest;
import io.cite.core.domain.image.ImageReference;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Images for tests on a real cluster: the layers of a busybox image that is in the registry, with
 * other commands. They are the same each time, so they are stored once.
 */
final class TestImages {
  private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final ImageReference base = ImageReference.parse(Servers.require("RIG_BASE_IMAGE"));

  /** It serves HTTP on the port that it is given. */
  ImageReference serving() {
    return withCommand("cite-serving", "echo serving on $PORT; exec httpd -f -p $PORT -h /srv");
  }

  /** It writes what its variable TOKEN is and ends with 3. */
  ImageReference crashing() {
    return withCommand("cite-crashing", "echo cannot start with $TOKEN; exit 3");
  }

  /** It runs and listens nowhere. */
  ImageReference deaf() {
    return withCommand("cite-deaf", "echo listening nowhere; exec sleep 3600");
  }

  /** It takes more and more memory. */
  ImageReference greedy() {
    return withCommand("cite-greedy", "exec tail -c 4000000000 /dev/zero");
  }

  /** There is none of this name. */
  ImageReference absent() {
    return new ImageReference(base.registry(), "rig/no-such-image", "1", null);
  }

  private ImageReference withCommand(String tag, String script) {
    ObjectNode manifest = (ObjectNode) JSON.readTree(get("manifests/" + base.version()));
    String configDigest = manifest.path("config").path("digest").stringValue();
    ObjectNode config = (ObjectNode) JSON.readTree(get("blobs/" + configDigest));
    ObjectNode run = (ObjectNode) config.path("config");
    run.putArray("Cmd").add("/bin/sh").add("-c").add(script);
    byte[] blob = JSON.writeValueAsBytes(config);
    upload(blob);
    ((ObjectNode) manifest.path("config"))
        .put("digest", digest(blob).value())
        .put("size", blob.length);
    byte[] body = JSON.writeValueAsBytes(manifest);
    HttpResponse<String> pushed =
        send(
            request(url("manifests/" + tag))
                .header("Content-Type", MANIFEST)
                .PUT(BodyPublishers.ofByteArray(body)));
    assertThat(pushed.statusCode()).isEqualTo(201);
    return new ImageReference(base.registry(), base.repository(), tag, digest(body));
  }

  private void upload(byte[] blob) {
    HttpResponse<String> begun = send(request(url("blobs/uploads/")).POST(BodyPublishers.noBody()));
    String location = begun.headers().firstValue("Location").orElseThrow();
    URI target =
        url("blobs/uploads/")
            .resolve(location + (location.contains("?") ? "&" : "?") + "digest=" + digest(blob));
    HttpResponse<String> done =
        send(
            request(target)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(blob)));
    assertThat(done.statusCode()).isEqualTo(201);
  }

  private String get(String path) {
    HttpResponse<String> answer = send(request(url(path)).header("Accept", MANIFEST).GET());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private URI url(String path) {
    return URI.create("http://" + base.registry() + "/v2/" + base.repository() + "/" + path);
  }

  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Digest digest(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return new Digest("sha256:" + HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
