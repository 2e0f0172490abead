package io.cite.server.sandbox.buildbot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cite.adapters.github.WebhookSignature;
import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.Commit;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.Upstream;
import io.cite.server.adapter.buildbot.BuildbotBuilder;
import io.cite.server.adapter.buildbot.BuildbotSettings;
import io.cite.server.adapter.registry.HttpImageRegistry;
import io.cite.server.adapter.registry.RegistrySettings;
import io.cite.server.fixture.LocalServer;
import io.cite.server.fixture.LocalServer.Reply;
import io.cite.server.fixture.LocalServer.Request;
import io.cite.server.outbound.OutboundHttp;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SandboxBuildbotTest {
  private static final String SHA = "0123456789abcdef0123456789abcdef01234567";
  private static final Secret SECRET = Secret.of("hook secret");
  private static final RepositoryName HELLO = RepositoryName.parse("Acme/hello_world");

  private volatile String dockerfile = "FROM scratch\nCOPY . /\nCMD [\"/run\"]\n";
  private final AtomicInteger refusals = new AtomicInteger();
  private final LocalServer github = new LocalServer(this::answer);
  private final SandboxBuildbot buildbot =
      SandboxBuildbot.start(
          Options.of(github.url(), Secret.of("t0ken"), SECRET).withDelay(Duration.ZERO));
  private final BuildbotBuilder builder =
      new BuildbotBuilder(new BuildbotSettings(buildbot.hook(), SECRET, buildbot.url()));

  @AfterEach
  void stop() {
    buildbot.close();
    github.close();
  }

  private Reply answer(Request request) {
    if (!request.header("Authorization").equals("Bearer t0ken")) {
      return Reply.of(401, "{}");
    }
    if (request.target().equals("/repos/" + HELLO + "/contents/Dockerfile?ref=" + SHA)) {
      String content = Base64.getMimeEncoder().encodeToString(dockerfile.getBytes(UTF_8));
      return dockerfile.equals("absent")
          ? Reply.of(404, "{}")
          : Reply.of(200, JsonMapper.shared().writeValueAsString(Map.of("content", content)));
    }
    if (request.target().equals("/repos/" + HELLO + "/statuses/" + SHA)) {
      return refusals.getAndDecrement() > 0 ? Reply.of(502, "") : Reply.of(201, "{}");
    }
    return Reply.of(404, "{}");
  }

  private void request() {
    builder.request(
        HELLO,
        BranchName.parse("main"),
        new Commit(
            CommitId.parse(SHA), "Say hello", "Ada <ada@example.com>", Instant.EPOCH, "http://x/"));
  }

  private List<JsonNode> statuses() {
    return github.requests().stream()
        .filter(request -> request.target().contains("/statuses/"))
        .map(request -> JsonMapper.shared().readTree(request.bytes()))
        .toList();
  }

  private List<String> descriptions(int count) {
    await().until(() -> statuses().size() >= count);
    return statuses().stream().map(status -> status.path("description").asString()).toList();
  }

  private int post(String event, String body, Secret secret) {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(buildbot.hook())
            .header("X-GitHub-Event", event)
            .header(WebhookSignature.HEADER, WebhookSignature.sign(body.getBytes(UTF_8), secret))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return new OutboundHttp("Buildbot", Duration.ofSeconds(10)).send("post", post, 1_000).status();
  }

  private static String push(String ref, boolean deleted) {
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "ref", ref,
                "after", SHA,
                "deleted", deleted,
                "repository", Map.of("full_name", HELLO.toString())));
  }

  @Test
  void buildsWhatCiteAsksFor() {
    request();

    String image =
        buildbot.url().getHost() + ":" + buildbot.url().getPort() + "/acme/hello-world:" + SHA;
    assertThat(descriptions(3))
        .containsExactly("Build queued.", "Build started.", "Build success. imageName:" + image);
    assertThat(statuses())
        .extracting(status -> status.path("state").asString())
        .containsExactly("pending", "pending", "success");
    assertThat(statuses())
        .isNotEmpty()
        .allMatch(status -> status.path("context").asString().equals("buildbot/cite-build"));
    assertThat(
            new HttpImageRegistry(new RegistrySettings(buildbot.url()))
                .resolve(ImageReference.parse(image)))
        .isPresent();
  }

  @Test
  void buildsTheHeadOfAPush() {
    assertThat(post("push", push("refs/heads/main", false), SECRET)).isEqualTo(200);

    assertThat(descriptions(3)).hasSize(3);
  }

  @Test
  void buildsNoTagsAndNoDeletedBranches() {
    assertThat(post("push", push("refs/tags/v1", false), SECRET)).isEqualTo(200);
    assertThat(post("push", push("refs/heads/main", true), SECRET)).isEqualTo(200);
    assertThat(post("ping", "{}", SECRET)).isEqualTo(200);
    request();

    assertThat(descriptions(3)).hasSize(3);
  }

  @Test
  void refusesWhatIsNotSignedOrNotReadable() {
    assertThat(post("cite", "{}", Secret.of("another"))).isEqualTo(400);
    assertThat(post("cite", "{}", SECRET)).isEqualTo(400);
    assertThat(post("cite", "no JSON", SECRET)).isEqualTo(400);
    assertThat(github.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"absent", "", "RUN true", "FROM scratch\nRUN false", "FROM x\nRUN exit 1"})
  void failsAsABuildWould(String content) {
    dockerfile = content;

    request();

    String failure = descriptions(3).get(2);
    assertThat(failure).startsWith("Build failure. logURL:" + buildbot.url());
    LogUrl url = new LogUrl(failure.substring(failure.indexOf("http")));
    String log = builder.log(url, 100).orElseThrow();
    assertThat(log).contains("Error: ").startsWith("buildah bud");
    assertThat(builder.log(url, 1).orElseThrow()).startsWith("program finished with exit code");
  }

  @Test
  void reportsAgainAfterGitHubFailed() {
    refusals.set(2);

    request();

    assertThat(descriptions(5)).startsWith("Build queued.", "Build queued.", "Build queued.");
  }

  @Test
  void canBeMadeToFallSilent() {
    buildbot.faults().add(Fault.NO_FINAL_STATUS);

    request();
    await().until(() -> github.requests().stream().anyMatch(r -> r.target().contains("contents")));

    assertThat(descriptions(2)).containsExactly("Build queued.", "Build started.");
  }

  @Test
  void canBeMadeToRefuse() {
    buildbot.faults().add(Fault.HOOK_DOWN);

    assertThatThrownBy(this::request)
        .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isTrue());
  }

  @Test
  void answersTheChecksOfCite() {
    builder.check();
    new HttpImageRegistry(new RegistrySettings(buildbot.url())).check();
  }
}
