package io.cite.server.adapter.registry;

import io.cite.core.domain.image.Digest;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.error.InvalidInput;
import io.cite.core.error.Upstream;
import io.cite.core.port.ImageRegistry;
import io.cite.server.outbound.Answer;
import io.cite.server.outbound.OutboundHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * {@link ImageRegistry} over a registry's HTTP API. Thread-safe.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">OCI
 *     Distribution</a>
 */
public final class HttpImageRegistry implements ImageRegistry {
  static final String SYSTEM = "the image registry";
  private static final int MAX_MANIFEST = 4 * 1024 * 1024;
  private static final String ACCEPT =
      String.join(
          ", ",
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.docker.distribution.manifest.list.v2+json",
          "application/vnd.docker.distribution.manifest.v2+json");

  private final String root;
  private final OutboundHttp http;
  private final RegistryLogin login;

  /** The configured registry; connects to nothing yet. */
  public HttpImageRegistry(RegistrySettings settings) {
    this.root = settings.url().toString().replaceAll("/+$", "");
    this.http = new OutboundHttp(SYSTEM, settings.timeout());
    this.login = new RegistryLogin(settings, http);
  }

  @Override
  public Optional<Digest> resolve(ImageReference image) {
    String operation = "find the image " + image;
    URI uri = URI.create(root + "/v2/" + image.repository() + "/manifests/" + image.version());
    Answer answer = ask(operation, "HEAD", uri, image.repository());
    if (answer.status() == 404) {
      return Optional.empty();
    }
    if (!answer.isSuccess() || answer.header("Docker-Content-Digest").isEmpty()) {
      // Not every registry knows HEAD or names the digest; then the manifest itself tells.
      answer = ask(operation, "GET", uri, image.repository());
      if (answer.status() == 404) {
        return Optional.empty();
      }
    }
    if (!answer.isSuccess()) {
      throw http.refusal(operation, answer);
    }
    Digest found = digest(operation, answer);
    if (image.digest() != null && !image.digest().equals(found)) {
      throw Upstream.permanent(SYSTEM, operation, "it has other content: " + found, null);
    }
    return Optional.of(found);
  }

  private Answer ask(String operation, String method, URI uri, String repository) {
    Answer answer = http.send(operation, request(method, uri), MAX_MANIFEST);
    if (answer.status() != 401) {
      return answer;
    }
    Challenge challenge = Challenge.parse(answer.header("WWW-Authenticate"));
    String authorization = login.answer(challenge, repository);
    return http.send(
        operation, request(method, uri).header("Authorization", authorization), MAX_MANIFEST);
  }

  private static HttpRequest.Builder request(String method, URI uri) {
    return HttpRequest.newBuilder(uri)
        .header("Accept", ACCEPT)
        .method(method, HttpRequest.BodyPublishers.noBody());
  }

  private static Digest digest(String operation, Answer answer) {
    String named = answer.header("Docker-Content-Digest");
    try {
      if (!named.isEmpty()) {
        return Digest.parse(named);
      }
      if (answer.isWhole()) {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(answer.body());
        return new Digest("sha256:" + HexFormat.of().formatHex(hash));
      }
      throw Upstream.permanent(SYSTEM, operation, "its manifest is larger than 4 MiB", null);
    } catch (InvalidInput e) {
      throw Upstream.permanent(SYSTEM, operation, "it names an unknown kind of digest", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /**
   * Asks whether the registry answers.
   *
   * @throws Upstream if it does not
   */
  public void check() {
    String operation = "reach the registry";
    Answer answer = http.send(operation, request("GET", URI.create(root + "/v2/")), MAX_MANIFEST);
    if (!answer.isSuccess() && answer.status() != 401) {
      throw http.refusal(operation, answer);
    }
  }
}
