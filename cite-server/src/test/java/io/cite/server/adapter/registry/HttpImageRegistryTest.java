package io.cite.server.adapter.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.contract.ImageRegistryContract;
import io.cite.core.domain.image.Digest;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.Secret;
import io.cite.core.error.Upstream;
import io.cite.core.port.ImageRegistry;
import io.cite.server.fixture.LocalServer;
import io.cite.server.fixture.LocalServer.Reply;
import io.cite.server.fixture.LocalServer.Request;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpImageRegistryTest extends ImageRegistryContract {
  private static final ImageReference IMAGE =
      ImageReference.parse("registry.example.com/acme/hello:1");
  private static final String MANIFEST = "{}";
  private static final Digest DIGEST =
      Digest.parse("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");

  private volatile Function<Request, Reply> guard = request -> Reply.of(0, "");
  private final LocalServer server = new LocalServer(this::answer);
  private final HttpImageRegistry registry =
      new HttpImageRegistry(
          new RegistrySettings(server.url(), "reader", Secret.of("pass"), Duration.ofSeconds(5)));

  @AfterEach
  void stop() {
    server.close();
  }

  private Reply answer(Request request) {
    Reply first = guard.apply(request);
    if (first.status() != 0) {
      return first;
    }
    if (request.target().equals("/v2/")) {
      return Reply.of(200, "{}");
    }
    if (request.target().equals("/v2/acme/hello/manifests/1")
        || request.target().equals("/v2/acme/hello/manifests/" + DIGEST)) {
      return Reply.of(200, MANIFEST).with("Docker-Content-Digest", DIGEST.value());
    }
    return Reply.of(404, "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}");
  }

  @Override
  protected ImageRegistry registry() {
    return registry;
  }

  @Override
  protected ImageReference present() {
    return IMAGE;
  }

  @Test
  void asksForManifestsAndIndexesOfBothKinds() {
    registry.resolve(IMAGE);

    Request request = server.requests().get(0);
    assertThat(request.method()).isEqualTo("HEAD");
    assertThat(request.header("Accept"))
        .contains("oci.image.index.v1", "oci.image.manifest.v1")
        .contains("docker.distribution.manifest.list.v2", "docker.distribution.manifest.v2");
  }

  @Test
  void hashesTheManifestWhereTheRegistryNamesNoDigest() {
    guard =
        request -> request.method().equals("HEAD") ? Reply.of(405, "") : Reply.of(200, MANIFEST);

    assertThat(registry.resolve(IMAGE)).contains(DIGEST);
  }

  @Test
  void getsATokenWhereOneIsAskedFor() {
    guard =
        request -> {
          if (request.target().startsWith("/token")) {
            return Reply.of(200, "{\"token\":\"t0ken\"}");
          }
          return request.header("Authorization").equals("Bearer t0ken")
              ? Reply.of(0, "")
              : challenge(server.url() + "token");
        };

    assertThat(registry.resolve(IMAGE)).contains(DIGEST);
    Request token = server.requests().get(1);
    assertThat(token.target())
        .isEqualTo("/token?service=reg&scope=repository%3Aacme%2Fhello%3Apull");
    assertThat(token.header("Authorization")).isEqualTo("Basic cmVhZGVyOnBhc3M=");
  }

  @Test
  void logsInWithThePasswordWhereThatIsAskedFor() {
    guard =
        request ->
            request.header("Authorization").equals("Basic cmVhZGVyOnBhc3M=")
                ? Reply.of(0, "")
                : Reply.of(401, "").with("WWW-Authenticate", "Basic realm=\"reg\"");

    assertThat(registry.resolve(IMAGE)).contains(DIGEST);
  }

  @Test
  void givesThePasswordToNoOtherHostInTheClear() {
    guard = request -> challenge("http://elsewhere.invalid/token");

    assertThatThrownBy(() -> registry.resolve(IMAGE))
        .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageContaining("token server");
  }

  @Test
  void takesARefusedLoginForGood() {
    guard =
        request ->
            request.target().startsWith("/token")
                ? Reply.of(403, "{}")
                : challenge(server.url() + "token");

    assertThatThrownBy(() -> registry.resolve(IMAGE))
        .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isFalse());
  }

  @Test
  void mayAskAgainAfterAServerError() {
    guard = request -> Reply.of(502, "");

    assertThatThrownBy(() -> registry.resolve(IMAGE))
        .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isTrue());
  }

  @Test
  void mayAskAgainWhereNobodyListens() {
    server.close();

    assertThatThrownBy(() -> registry.resolve(IMAGE))
        .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isTrue());
  }

  @Test
  void doesNotTakeOtherContentForAPinnedImage() {
    ImageReference pinned = IMAGE.pinned(new Digest("sha256:" + "1".repeat(64)));
    guard = request -> Reply.of(200, "").with("Docker-Content-Digest", DIGEST.value());

    assertThatThrownBy(() -> registry.resolve(pinned))
        .isInstanceOf(Upstream.class)
        .hasMessageContaining("other content");
  }

  private static Reply challenge(String realm) {
    return Reply.of(401, "")
        .with("WWW-Authenticate", "Bearer realm=\"" + realm + "\",service=\"reg\",scope=\"x\"");
  }
}
