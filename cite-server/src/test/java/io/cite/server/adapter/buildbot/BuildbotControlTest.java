package io.cite.server.adapter.buildbot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.Upstream;
import io.cite.server.adapter.buildbot.BuildbotSettings.Login;
import io.cite.server.fixture.LocalServer;
import io.cite.server.fixture.LocalServer.Reply;
import io.cite.server.fixture.LocalServer.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Buildbot that lets only one user cancel. */
class BuildbotControlTest {
  private static final RepositoryName REPOSITORY = RepositoryName.parse("acme/hello");
  private static final BranchName MAIN = BranchName.parse("main");
  private static final CommitId COMMIT = CommitId.parse("0123456789abcdef0123456789abcdef01234567");

  private final LocalServer buildbot = new LocalServer(BuildbotControlTest::answer);

  @AfterEach
  void stop() {
    buildbot.close();
  }

  private static Reply answer(Request request) {
    return switch (request.target()) {
      case "/api/v2/buildsets?complete=false" ->
          Reply.of(
              200,
              """
              {"buildsets":[
                {"bsid":3,"sourcestamps":[
                  {"project":"acme/hello","branch":"main","revision":"%1$s"}]},
                {"bsid":4,"sourcestamps":[
                  {"project":"acme/hello","branch":"other","revision":"%1$s"}]},
                {"bsid":5,"sourcestamps":[
                  {"project":"acme/other","branch":"main","revision":"%1$s"}]}]}
              """
                  .formatted(COMMIT));
      case "/api/v2/buildrequests?complete=false" ->
          Reply.of(
              200,
              """
              {"buildrequests":[{"buildrequestid":30,"buildsetid":3},
                {"buildrequestid":40,"buildsetid":4},{"buildrequestid":50,"buildsetid":5}]}
              """);
      case "/auth/login" ->
          request
                  .header("Authorization")
                  .equals(
                      "Basic "
                          + Base64.getEncoder()
                              .encodeToString("cite:pass".getBytes(StandardCharsets.UTF_8)))
              ? Reply.of(302, "")
                  .with("Location", "/")
                  .with("Set-Cookie", "TWISTED_SESSION=abc; Path=/; HttpOnly")
              : Reply.of(401, "Unauthorized");
      case "/api/v2/buildrequests/30" ->
          request.header("Cookie").equals("TWISTED_SESSION=abc")
              ? Reply.of(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}")
              : Reply.of(403, "you need to have role 'cite'");
      default -> Reply.of(500, "unexpected");
    };
  }

  private BuildbotBuilder builder(@Nullable Login login) {
    return new BuildbotBuilder(
        new BuildbotSettings(
            buildbot.url().resolve("change_hook/github"),
            Secret.of("unused"),
            buildbot.url(),
            Duration.ofSeconds(5),
            login));
  }

  @Test
  void logsInAndCancelsTheRequestsOfTheCommitAndBranchOnly() {
    boolean over =
        builder(new Login("cite", Secret.of("pass"))).cancel(REPOSITORY, MAIN, COMMIT, "why");

    assertThat(over).as("Buildbot is still to stop").isFalse();
    assertThat(buildbot.requests())
        .filteredOn(request -> request.method().equals("POST"))
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.target()).isEqualTo("/api/v2/buildrequests/30");
              assertThat(request.body()).contains("\"method\":\"cancel\"", "\"reason\":\"why\"");
              assertThat(request.header("Content-Type")).isEqualTo("application/json");
            });
  }

  @Test
  void saysThatBuildbotDoesNotAllowIt() {
    assertThatThrownBy(() -> builder(null).cancel(REPOSITORY, MAIN, COMMIT, "why"))
        .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageContaining("403")
        .hasMessageContaining("cancel a build of acme/hello at 0123456");
  }

  @Test
  void saysThatThePasswordIsWrong() {
    Login login = new Login("cite", Secret.of("other"));

    assertThatThrownBy(() -> builder(login).cancel(REPOSITORY, MAIN, COMMIT, "why"))
        .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageContaining("401")
        .hasMessageContaining("log in");
  }
}
