package io.cite.server.sandbox.github;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.server.sandbox.github.rest.ApiCall;
import io.cite.server.sandbox.github.rest.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Status codes, limits and conditional requests of the REST API. */
class RestApiTest {

  private static final String REPO = "/repos/acme/hello";

  @TempDir Path data;
  private SandboxGitHub sandbox;
  private Caller acme;
  private Caller guest;
  private Caller nobody;
  private String head;

  @BeforeEach
  void start() {
    sandbox =
        SandboxGitHub.start(
            Options.in(data).withUser("acme", "acme-token").withUser("guest", "guest-token"));
    sandbox.createRepository("acme/hello");
    sandbox.createPrivateRepository("acme/private");
    head = sandbox.commit("acme/hello", "main", Map.of("Dockerfile", "FROM scratch\n"), "One");
    acme = new Caller(sandbox.url(), "acme-token");
    guest = new Caller(sandbox.url(), "guest-token");
    nobody = new Caller(sandbox.url(), "");
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /user, 200, 200, 401",
    "GET, /users/acme, 200, 200, 200",
    "GET, /users/none, 404, 404, 404",
    "GET, /repos/acme/hello, 200, 200, 200",
    "GET, /api/v3/repos/acme/hello, 200, 200, 200",
    "GET, /repos/ACME/Hello, 200, 200, 200",
    "GET, /repos/acme/private, 200, 404, 404",
    "GET, /repos/acme/none, 404, 404, 404",
    "PATCH, /repos/acme/hello, 200, 403, 401",
    "GET, /repos/acme/hello/hooks, 200, 404, 401",
    "GET, /repos/acme/hello/hooks/1, 404, 404, 401",
    "PUT, /repos/acme/hello/collaborators/guest, 201, 403, 401",
    "GET, /repos/acme/hello/collaborators/guest/permission, 200, 403, 401",
    "POST, /repos/acme/hello/deployments, 422, 403, 401",
    "GET, /repos/acme/hello/commits/none, 422, 422, 422",
    "GET, /repos/acme/hello/commits/none/status, 404, 404, 404",
    "GET, /repos/acme/private/commits, 409, 404, 404",
    "GET, /repos/acme/private/contents/x, 404, 404, 404",
    "GET, /repos/acme/hello/compare/main...none, 404, 404, 404",
    "GET, /orgs/acme/repos, 404, 404, 404",
    "GET, /nothing/here/at/all, 404, 404, 404",
  })
  void answersAsGitHubDoes(String method, String path, int owner, int other, int without) {
    assertThat(acme.call(method, path, "").status()).as("owner").isEqualTo(owner);
    assertThat(guest.call(method, path, "").status()).as("guest").isEqualTo(other);
    Caller.Answer answer = nobody.call(method, path, "");
    assertThat(answer.status()).as("nobody").isEqualTo(without);
    if (without >= 400) {
      assertThat(answer.text("message")).isNotBlank();
      assertThat(answer.text("documentation_url")).startsWith("https://");
    }
  }

  @Test
  void refusesAWrongTokenEvenWhereNoneIsNeeded() {
    Caller.Answer answer = new Caller(sandbox.url(), "wrong").get(REPO);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.text("message")).isEqualTo("Bad credentials");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "{}",
        "{\"state\":\"great\"}",
        "{\"state\":\"success\",\"target_url\":\"ftp://x\"}"
      })
  void refusesABadStatus(String body) {
    assertThat(acme.post(REPO + "/statuses/" + head, body).status()).isIn(400, 422);
    assertThat(acme.get(REPO + "/commits/main/statuses").body().size()).isZero();
  }

  @Test
  void refusesAStatusForACommitThatIsNotThere() {
    Caller.Answer answer =
        acme.post(REPO + "/statuses/" + "0".repeat(40), "{\"state\":\"success\"}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text("message")).startsWith("No commit found for SHA");
  }

  @Test
  void combinesTheLastWordOfEachContext() {
    assertThat(acme.get(REPO + "/commits/main/status").text("state")).isEqualTo("pending");
    acme.post(REPO + "/statuses/" + head, "{\"state\":\"failure\",\"context\":\"a\"}");
    acme.post(REPO + "/statuses/" + head, "{\"state\":\"success\",\"context\":\"b\"}");
    assertThat(acme.get(REPO + "/commits/main/status").text("state")).isEqualTo("failure");
    acme.post(REPO + "/statuses/" + head, "{\"state\":\"success\",\"context\":\"A\"}");
    Caller.Answer answer = acme.get(REPO + "/commits/" + head + "/status");
    assertThat(answer.text("state")).isEqualTo("success");
    assertThat(answer.body().path("total_count").asInt()).isEqualTo(2);
  }

  @Test
  void doesNotDeployACommitWhoseChecksFailed() {
    acme.post(REPO + "/statuses/" + head, "{\"state\":\"failure\",\"context\":\"a\"}");
    assertThat(acme.post(REPO + "/deployments", "{\"ref\":\"main\"}").status()).isEqualTo(409);
    assertThat(
            acme.post(REPO + "/deployments", "{\"ref\":\"main\",\"required_contexts\":[]}")
                .status())
        .isEqualTo(201);
  }

  @Test
  void deletesOnlyDeploymentsThatAreNotLive() {
    String body = "{\"ref\":\"main\",\"environment\":\"hello/main\"}";
    String first = acme.post(REPO + "/deployments", body).text("url");
    String second = acme.post(REPO + "/deployments", body).text("url");
    assertThat(acme.call("DELETE", first, "").status()).isEqualTo(422);
    acme.post(first + "/statuses", "{\"state\":\"inactive\"}");
    assertThat(acme.call("DELETE", first, "").status()).isEqualTo(204);
    assertThat(acme.call("DELETE", second, "").status()).isEqualTo(204);
    assertThat(acme.get(REPO + "/environments/hello%2Fmain").status()).isEqualTo(200);
    assertThat(acme.call("DELETE", REPO + "/environments/hello%2Fmain", "").status())
        .isEqualTo(204);
    assertThat(acme.get(REPO + "/environments").body().path("total_count").asInt()).isZero();
  }

  @Test
  void holdsTwentyHooksForOneEvent() {
    for (int i = 0; i < 20; i++) {
      assertThat(hook("http://127.0.0.1:9/" + i).status()).isEqualTo(201);
    }
    Caller.Answer answer = hook("http://127.0.0.1:9/more");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().at("/errors/0/message").asString())
        .contains("cannot have more than 20 hooks");
  }

  private Caller.Answer hook(String url) {
    return acme.post(REPO + "/hooks", "{\"active\":false,\"config\":{\"url\":\"" + url + "\"}}");
  }

  @Test
  void patchingAHooksConfigWithoutItsSecretRemovesIt() {
    Caller.Answer hook =
        acme.post(
            REPO + "/hooks",
            "{\"active\":false,\"config\":{\"url\":\"http://127.0.0.1:9/\",\"secret\":\"s\"}}");
    String url = hook.text("url");
    assertThat(acme.call("PATCH", url + "/config", "{\"content_type\":\"json\"}").text("secret"))
        .isEqualTo("********");
    acme.call("PATCH", url, "{\"add_events\":[\"status\"]}");
    assertThat(acme.get(url).body().at("/config/secret").asString()).isEqualTo("********");
    Caller.Answer bare = acme.call("PATCH", url, "{\"config\":{\"url\":\"http://127.0.0.1:9/\"}}");
    assertThat(bare.body().at("/config").has("secret")).isFalse();
    assertThat(bare.body().path("events").size()).isEqualTo(2);
  }

  @Test
  void anArchivedRepositoryIsReadOnly() {
    acme.call("PATCH", REPO, "{\"archived\":true}");
    assertThat(acme.post(REPO + "/statuses/" + head, "{\"state\":\"success\"}").status())
        .isEqualTo(403);
    assertThat(acme.get(REPO).body().path("archived").asBoolean()).isTrue();
  }

  @Test
  void pagesLists() {
    for (int i = 0; i < 5; i++) {
      sandbox.commit("acme/hello", "b" + i, Map.of("x", "" + i), "Branch");
    }
    Caller.Answer page = acme.get(REPO + "/branches?per_page=2&page=2");
    assertThat(page.body().size()).isEqualTo(2);
    assertThat(page.header("Link"))
        .contains("page=1>; rel=\"prev\"", "page=3>; rel=\"next\"", "page=3>; rel=\"last\"");
  }

  @Test
  void anUnchangedAnswerCostsNothing() {
    Caller.Answer first = acme.get(REPO + "/branches/main");
    String left = first.header("X-RateLimit-Remaining");
    Caller.Answer second = acme.get(REPO + "/branches/main", "If-None-Match", first.header("ETag"));
    assertThat(second.status()).isEqualTo(304);
    assertThat(second.header("X-RateLimit-Remaining")).isEqualTo(left);
    sandbox.commit("acme/hello", "main", Map.of("b", "b"), "Two");
    assertThat(acme.get(REPO + "/branches/main", "If-None-Match", first.header("ETag")).status())
        .isEqualTo(200);
  }

  @Test
  void stopsAnsweringAtTheRateLimit() {
    sandbox.rateLimit(2);
    assertThat(acme.get(REPO).status()).isEqualTo(200);
    assertThat(acme.get(REPO).status()).isEqualTo(200);
    Caller.Answer answer = acme.get(REPO);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("X-RateLimit-Remaining")).isEqualTo("0");
    assertThat(answer.text("message")).startsWith("API rate limit exceeded");
    assertThat(acme.get("/rate_limit").status()).isEqualTo(200);
    assertThat(guest.get(REPO).status()).isEqualTo(200);
  }

  @Test
  void makesTheTroubleThatATestAsksFor() {
    String statuses = REPO + "/statuses/" + head;
    sandbox.fault(Fault.answer("POST", ".*/statuses/.*", 502).times(2));
    assertThat(acme.post(statuses, "{\"state\":\"success\"}").status()).isEqualTo(502);
    assertThat(acme.get(REPO).status()).isEqualTo(200);
    assertThat(acme.post(statuses, "{\"state\":\"success\"}").status()).isEqualTo(502);
    assertThat(acme.post(statuses, "{\"state\":\"success\"}").status()).isEqualTo(201);
    sandbox.fault(
        Fault.answer("*", ".*/statuses/.*", 403).afterItsEffect().header("Retry-After", "7"));
    Caller.Answer late = acme.post(statuses, "{\"state\":\"failure\"}");
    assertThat(late.status()).isEqualTo(403);
    assertThat(late.header("Retry-After")).isEqualTo("7");
    assertThat(acme.get(REPO + "/commits/main/statuses").body().size()).isEqualTo(2);
  }

  @Test
  void keepsASlowCallWaitingAndNoOther() {
    sandbox.fault(Fault.slow("GET", REPO, Duration.ofHours(1)));
    BlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();
    List<CompletableFuture<Boolean>> calls =
        Stream.generate(() -> supplyAsync(() -> statuses.add(acme.get(REPO).status())))
            .limit(2)
            .toList();
    await().until(() -> statuses.size() == 1);
    assertThat(statuses).containsExactly(200);

    sandbox.close();

    await().until(() -> calls.stream().allMatch(CompletableFuture::isDone));
    assertThat(statuses).startsWith(200).doesNotHaveDuplicates();
  }

  @Test
  void remembersWhatWasCalled() {
    sandbox.clearCalls();
    acme.get(REPO + "/branches/main?x=1");
    nobody.get("/user");
    assertThat(sandbox.calls())
        .extracting(ApiCall::method, ApiCall::path, ApiCall::query, ApiCall::status, ApiCall::login)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("GET", REPO + "/branches/main", "x=1", 200, "acme"),
            org.assertj.core.groups.Tuple.tuple("GET", "/user", "", 401, ""));
  }

  @Test
  void takesUpWhereItStopped() {
    acme.call("PUT", REPO + "/collaborators/guest", "{\"permission\":\"push\"}");
    long invitation = guest.get("/user/repository_invitations").body().get(0).path("id").asLong();
    guest.call("PATCH", "/user/repository_invitations/" + invitation, "");
    long hook =
        acme.post(REPO + "/hooks", "{\"config\":{\"url\":\"http://127.0.0.1:9/\"}}")
            .body()
            .path("id")
            .asLong();
    org.awaitility.Awaitility.await()
        .until(() -> acme.get(REPO + "/hooks/" + hook + "/deliveries").body().size() == 1);
    acme.post(REPO + "/statuses/" + head, "{\"state\":\"success\"}");
    sandbox.close();
    sandbox = SandboxGitHub.start(Options.in(data));
    acme = new Caller(sandbox.url(), "acme-token");
    assertThat(acme.get(REPO + "/collaborators/guest").status()).isEqualTo(204);
    assertThat(acme.get(REPO + "/hooks/" + hook).status()).isEqualTo(200);
    assertThat(acme.get(REPO + "/hooks/" + hook + "/deliveries").body().size()).isEqualTo(1);
    assertThat(acme.get(REPO + "/commits/main/statuses").body().size()).isEqualTo(1);
    assertThat(acme.get(REPO + "/commits/main").text("sha")).isEqualTo(head);
  }
}
