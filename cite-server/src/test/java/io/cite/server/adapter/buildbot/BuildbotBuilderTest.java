package io.cite.server.adapter.buildbot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.adapters.github.WebhookSignature;
import io.cite.core.contract.BuilderContract;
import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.BranchName;
import io.cite.core.error.Upstream;
import io.cite.core.port.Builder;
import io.cite.core.port.BuilderRun;
import io.cite.server.fixture.LocalServer;
import io.cite.server.fixture.LocalServer.Reply;
import io.cite.server.fixture.LocalServer.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class BuildbotBuilderTest extends BuilderContract {
  private static final BranchName MAIN = BranchName.parse("main");
  private static final Secret SECRET = Secret.of("It's a Secret to Everybody");

  private final List<String> log = new ArrayList<>();
  private final List<Map<String, Object>> builds = new ArrayList<>();
  private volatile boolean isForgetful;
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile Reply hookReply = Reply.of(202, "1 change found");
  private volatile boolean isSilent;
  private final LocalServer buildbot = new LocalServer(this::answer);
  private final BuildbotBuilder builder =
      new BuildbotBuilder(
          new BuildbotSettings(
              buildbot.url().resolve("change_hook/github"),
              SECRET,
              buildbot.url(),
              Duration.ofSeconds(2),
              null));

  @AfterEach
  void stop() {
    released.countDown();
    buildbot.close();
  }

  @Override
  protected int requests() {
    return buildbot.requests().size();
  }

  private Reply answer(Request request) {
    if (isSilent) {
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (request.target().equals("/change_hook/github")) {
      return hookReply;
    }
    if (request.target().equals("/api/v2/logs/7")) {
      return json(
          Map.of("logs", List.of(Map.of("logid", 7, "num_lines", log.size(), "type", "s"))));
    }
    if (request.target().startsWith("/api/v2/buildrequests/")) {
      String id = request.target().substring("/api/v2/buildrequests/".length());
      return cancel(Integer.parseInt(id), request.body());
    }
    if (request.target().startsWith("/api/v2/")) {
      Optional<Reply> reply = rest(request.target().substring("/api/v2/".length()));
      if (reply.isPresent()) {
        return reply.get();
      }
    }
    Matcher part =
        Pattern.compile("/api/v2/logs/7/contents\\?offset=(\\d+)&limit=(\\d+)")
            .matcher(request.target());
    if (part.matches()) {
      int first = Integer.parseInt(part.group(1));
      List<String> lines = log.subList(first, first + Integer.parseInt(part.group(2)));
      String content = "o" + String.join("\no", lines) + "\n";
      return json(Map.of("logchunks", List.of(Map.of("content", content))));
    }
    return Reply.of(404, "{\"error\":\"Invalid path\"}");
  }

  private Reply cancel(int number, String call) {
    assertThat(call).contains("\"method\":\"cancel\"", "\"reason\":\"cancelled by ada\"");
    builds.get(number - 1).putAll(Map.of("complete", true, "results", 6));
    return json(Map.of("jsonrpc", "2.0", "id", 1, "result", "done"));
  }

  private List<Object> open() {
    return builds.stream()
        .filter(build -> Boolean.FALSE.equals(build.get("complete")))
        .map(build -> build.get("buildid"))
        .toList();
  }

  private Optional<Reply> rest(String resource) {
    Map<String, Object> stamp =
        Map.of("project", "Acme/hello", "branch", "main", "revision", COMMIT.id().value());
    if (resource.equals("buildsets?complete=false")) {
      List<Map<String, Object>> sets =
          open().stream().map(id -> Map.of("bsid", id, "sourcestamps", List.of(stamp))).toList();
      return Optional.of(json(Map.of("buildsets", sets)));
    }
    if (resource.equals("builds/2/steps")) {
      return Optional.of(json(Map.of("steps", List.of())));
    }
    if (resource.equals("buildrequests?complete=false")) {
      List<Map<String, Object>> requests =
          open().stream().map(id -> Map.of("buildrequestid", id, "buildsetid", id)).toList();
      return Optional.of(json(Map.of("buildrequests", requests)));
    }
    if (resource.startsWith("builds?")) {
      return Optional.of(json(Map.of("builds", isForgetful ? List.of() : newestFirst())));
    }
    if (resource.startsWith("changes/5/builds?")) {
      return Optional.of(json(Map.of("builds", builds)));
    }
    return Optional.ofNullable(
            Map.<String, Object>of(
                    "sourcestamps?revision=" + COMMIT.id(),
                    Map.of("sourcestamps", List.of(Map.of("ssid", 4))),
                    "sourcestamps?revision=" + "f".repeat(40),
                    Map.of("sourcestamps", List.of()),
                    "sourcestamps/4/changes",
                    Map.of("changes", List.of(Map.of("changeid", 5))),
                    "builds/1/steps",
                    Map.of(
                        "steps",
                        List.of(
                            Map.of("stepid", 60, "results", 0),
                            Map.of("stepid", 61, "results", 2),
                            Map.of("stepid", 62, "results", 3))),
                    "steps/60/logs",
                    Map.of("logs", List.of(Map.of("logid", 6, "num_lines", 1))),
                    "steps/61/logs",
                    Map.of(
                        "logs",
                        List.of(
                            Map.of("logid", 7, "num_lines", 1),
                            Map.of("logid", 8, "num_lines", 0))))
                .get(resource))
        .map(BuildbotBuilderTest::json);
  }

  private List<Map<String, Object>> newestFirst() {
    List<Map<String, Object>> reversed = new ArrayList<>(builds);
    Collections.reverse(reversed);
    return reversed;
  }

  @Override
  protected Optional<ImageReference> givenRun(BuilderRun.State state) {
    Optional<ImageReference> image =
        state == BuilderRun.State.SUCCEEDED ? Optional.of(IMAGE) : Optional.empty();
    if (state == BuilderRun.State.FAILED) {
      givenLog("Error: 1");
    }
    @Nullable Integer results =
        switch (state) {
          case RUNNING -> null;
          case SUCCEEDED -> 1;
          case FAILED -> 2;
          case ERRORED -> 4;
        };
    givenBuild(results, image.map(ImageReference::toString).orElse(null));
    return image;
  }

  private void givenBuild(@Nullable Integer results, @Nullable String image) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("project", List.of("Acme/hello", "Change"));
    properties.put("branch", List.of("main", "Build"));
    properties.put("revision", List.of(COMMIT.id().value(), "Build"));
    if (image != null) {
      properties.put("imageName", List.of(image, "SetProperty Step"));
    }
    Map<String, Object> build = new HashMap<>();
    build.put("buildid", builds.size() + 1);
    build.put("complete", results != null);
    build.put("results", results);
    build.put("properties", properties);
    builds.add(build);
  }

  @Test
  void findsABuildThatIsNotAmongTheNewest() {
    givenRun(BuilderRun.State.SUCCEEDED);
    isForgetful = true;

    assertThat(builder.runs(REPOSITORY, COMMIT.id()))
        .extracting(BuilderRun::state)
        .containsExactly(BuilderRun.State.SUCCEEDED);
  }

  @Test
  void takesALostWorkerForABuildThatGoesOnAndAStoppedOneForAnError() {
    givenBuild(5, null);
    assertThat(builder.runs(REPOSITORY, COMMIT.id()))
        .extracting(BuilderRun::state)
        .containsExactly(BuilderRun.State.RUNNING);

    builds.clear();
    givenBuild(6, null);
    assertThat(builder.runs(REPOSITORY, COMMIT.id()))
        .extracting(BuilderRun::state)
        .containsExactly(BuilderRun.State.ERRORED);
  }

  @Test
  void takesAPropertyThatIsNoImageForNone() {
    givenBuild(0, "not an image");

    assertThat(builder.runs(REPOSITORY, COMMIT.id()))
        .extracting(BuilderRun::image)
        .containsExactly((ImageReference) null);
  }

  @Test
  void knowsNothingWhileBuildbotIsAway() {
    buildbot.close();

    assertThatThrownBy(() -> builder.runs(REPOSITORY, COMMIT.id()))
        .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isTrue());
  }

  private static Reply json(Object body) {
    return Reply.of(200, JsonMapper.shared().writeValueAsString(body));
  }

  @Override
  protected Builder builder() {
    return builder;
  }

  @Override
  protected LogUrl givenLog(String... lines) {
    log.addAll(List.of(lines));
    return new LogUrl(buildbot.url() + "api/v2/logs/7/contents");
  }

  @Test
  void postsTheEventAsItIsAgreed() {
    builder.request(REPOSITORY, MAIN, COMMIT);

    Request request = buildbot.requests().get(0);
    assertThat(request.body())
        .isEqualTo(
            "{\"project\":\"acme/hello\","
                + "\"revision\":\"0123456789abcdef0123456789abcdef01234567\","
                + "\"branch\":\"main\","
                + "\"revlink\":\"https://github.com/acme/hello/commit/0123456789abcdef0123456789abcdef01234567\","
                + "\"repository\":\"https://github.com/acme/hello\","
                + "\"when_timestamp\":\"2026-01-02T03:04:05Z\","
                + "\"author\":\"Ada <ada@example.com>\","
                + "\"comments\":\"Say hello\\n\\nWith <b>\\\"quotes\\\"</b>.\"}");
    assertThat(request.header("X-GitHub-Event")).isEqualTo("cite");
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
    assertThat(request.header("X-GitHub-Delivery")).matches("[0-9a-f-]{36}");
    assertThat(request.header("X-Hub-Signature-256"))
        .isEqualTo(WebhookSignature.sign(request.bytes(), SECRET));
  }

  @Test
  void takesARefusalForGood() {
    hookReply = Reply.of(400, "request is not signed");

    assertThatThrownBy(() -> builder.request(REPOSITORY, MAIN, COMMIT))
        .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageContaining("request a build of acme/hello at 0123456")
        .hasMessageContaining("400: request is not signed");
  }

  @Test
  void mayAskAgainAfterAServerError() {
    hookReply = Reply.of(503, "").with("Retry-After", "7");

    assertThatThrownBy(() -> builder.request(REPOSITORY, MAIN, COMMIT))
        .isInstanceOfSatisfying(
            Upstream.class,
            e -> {
              assertThat(e.isRetryable()).isTrue();
              assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
            });
  }

  @Test
  void doesNotWaitForeverForAnAnswer() {
    isSilent = true;

    assertThatThrownBy(() -> builder.request(REPOSITORY, MAIN, COMMIT))
        .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isTrue());
  }

  @Test
  void mayAskAgainWhereNobodyListens() {
    buildbot.close();

    assertThatThrownBy(() -> builder.request(REPOSITORY, MAIN, COMMIT))
        .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isTrue());
  }

  @Test
  void followsNoUrlOfAnotherServer() {
    String port = ":" + buildbot.url().getPort();
    for (String url :
        List.of(
            "https://127.0.0.1" + port + "/api/v2/logs/7/contents",
            "http://localhost" + port + "/api/v2/logs/7/contents",
            "http://127.0.0.1:1/api/v2/logs/7/contents",
            "http://127.0.0.1" + port + "@elsewhere.invalid/api/v2/logs/7/contents",
            "http://user@127.0.0.1" + port + "/api/v2/logs/7/contents",
            "http://127.0.0.1" + port + "/api/v2/../../logs/7/contents",
            "http://127.0.0.1" + port + "/api/v2/builders",
            "http://127.0.0.1" + port + "/api/v2/logs/7/contents/../../../secrets")) {
      assertThat(builder.log(new LogUrl(url), 10)).as(url).isEmpty();
    }
    assertThat(buildbot.requests()).isEmpty();
  }

  @Test
  void readsTheSameLogByAllItsUrls() {
    givenLog("hello");

    for (String end : List.of("", "/contents", "/raw", "/raw_inline", "/contents?offset=0")) {
      assertThat(builder.log(new LogUrl(buildbot.url() + "api/v2/logs/7" + end), 10))
          .contains("hello\n");
    }
  }

  @Test
  void hasNoLogWhereBuildbotHasNone() {
    assertThat(builder.log(new LogUrl(buildbot.url() + "api/v2/logs/8/contents"), 10)).isEmpty();
  }

  @Test
  void readsLessOfALogWithHugeLines() {
    LogUrl url = givenLog("first", "x".repeat(200_000), "y".repeat(200_000), "last");

    assertThat(builder.log(url, 4))
        .hasValueSatisfying(end -> assertThat(end).endsWith("y\nlast\n"));
  }
}
