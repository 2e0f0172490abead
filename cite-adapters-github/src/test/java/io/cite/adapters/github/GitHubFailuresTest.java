package io.cite.adapters.github;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.cite.core.domain.deploy.SagaId;
import io.cite.core.domain.source.BranchName;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.NotFound;
import io.cite.core.error.Upstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubFailuresTest extends WithGitHub {
  private Upstream failure(ThrowingCallable call) {
    return catchThrowableOfType(Upstream.class, call);
  }

  /** The same refusal must mean the same, whether github-api or we ourselves sent the request. */
  private List<Upstream> bothWays(ResponseDefinitionBuilder response) {
    String permission = "/api/v3" + REPO + "/collaborators/ada/permission";
    answer(get(urlEqualTo(permission)), response);
    answer(get(urlEqualTo("/api/v3" + REPO + "/git/ref/heads/main")), response);
    GitHubSourceHost other = new GitHubSourceHost(settings(), () -> NOW);
    List<Upstream> failures =
        List.of(
            failure(() -> host.repositories().permission(HELLO, "ada")),
            failure(() -> other.repositories().head(HELLO, new BranchName("main"))));
    assertThat(requests()).as("no retry").hasSize(2);
    return failures;
  }

  @Test
  void takesMissingRepositoriesForWhatTheyAre() {
    NotFound missing = catchThrowableOfType(NotFound.class, () -> host.repositories().get(HELLO));
    assertThat(missing.code()).isEqualTo(ErrorCode.REPOSITORY_NOT_FOUND);
    assertThat(missing)
        .hasMessage(
            "The repository acme/hello does not exist, or the CITE account may not see it.");
  }

  @Test
  void passesOnWhyATokenIsRefused() {
    for (Upstream failure : bothWays(json(401, "{\"message\":\"Bad credentials\"}"))) {
      assertThat(failure.isRetryable()).isFalse();
      assertThat(failure).hasMessageContaining("Bad credentials").hasMessageNotContaining("t0ken");
    }
  }

  @Test
  void passesOnWhatATokenMayNotDo() {
    String message = "Resource not accessible by personal access token";
    for (Upstream failure : bothWays(json(403, "{\"message\":\"" + message + "\"}"))) {
      assertThat(failure.isRetryable()).isFalse();
      assertThat(failure).hasMessageContaining(message);
    }
  }

  @Test
  void waitsForThePrimaryLimitToResetByGitHubsClock() {
    var response =
        json(403, "{\"message\":\"API rate limit exceeded\"}")
            .withHeader("x-ratelimit-remaining", "0")
            .withHeader("x-ratelimit-reset", "" + NOW.plusSeconds(3600).getEpochSecond())
            .withHeader("date", "Sun, 1 Mar 2026 10:30:00 GMT");
    for (Upstream failure : bothWays(response)) {
      assertThat(failure.isRetryable()).isTrue();
      assertThat(failure.retryAfter()).contains(Duration.ofMinutes(30));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429})
  void waitsAsLongAsASecondaryLimitSays(int status) {
    var response =
        json(status, "{\"message\":\"You have exceeded a secondary rate limit.\"}")
            .withHeader("retry-after", "17");
    for (Upstream failure : bothWays(response)) {
      assertThat(failure.retryAfter()).contains(Duration.ofSeconds(17));
    }
  }

  @Test
  void waitsAMinuteWhereALimitDoesNotSayHowLong() {
    var response = json(403, "{\"message\":\"You have exceeded a secondary rate limit.\"}");
    for (Upstream failure : bothWays(response)) {
      assertThat(failure.retryAfter()).contains(Duration.ofMinutes(1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void takesAFaultOfGitHubForPassing(int status) {
    for (Upstream failure : bothWays(aResponse().withStatus(status).withBody("<html>"))) {
      assertThat(failure.isRetryable()).isTrue();
      assertThat(failure.retryAfter()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER", "RANDOM_DATA_THEN_CLOSE"})
  void takesABrokenConnectionForPassingAndPostsNothingTwice(Fault fault) {
    answer(post(urlEqualTo("/api/v3" + REPO + "/deployments")), aResponse().withFault(fault));
    Upstream failure =
        failure(
            () ->
                host.reports()
                    .announce(HELLO, ONE, "hello/main", new SagaId("acme/hello/main#1@0"), "d"));
    assertThat(failure.isRetryable()).isTrue();
    assertThat(requests()).hasSize(1);
  }

  @Test
  void doesNotWaitLongerThanTheTimeOutEvenForTheBody() {
    GitHubSettings quick =
        new GitHubSettings(api(), settings().login(), Duration.ofMillis(300), null);
    answer(
        get(urlEqualTo("/api/v3" + REPO)),
        json(200, repositoryJson()).withChunkedDribbleDelay(10, 3_000));
    GitHubSourceHost shortTimeout = new GitHubSourceHost(quick, () -> NOW);
    Upstream failure = failure(() -> shortTimeout.repositories().get(HELLO));
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure).hasMessageContaining("did not answer in time");
  }

  @Test
  void takesAnUnreachableHostForPassing() {
    GitHubSettings nowhere =
        new GitHubSettings(
            URI.create("http://127.0.0.1:1"), settings().login(), Duration.ofSeconds(30), null);
    Upstream failure =
        failure(() -> new GitHubSourceHost(nowhere, () -> NOW).repositories().get(HELLO));
    assertThat(failure.isRetryable()).isTrue();
  }

  @Test
  void takesAnUnreadableAnswerForPassing() {
    for (Upstream failure : bothWays(json(200, "<html>maintenance</html>"))) {
      assertThat(failure.isRetryable()).isTrue();
      assertThat(failure).hasMessageContaining("could not be read");
    }
  }

  @Test
  void passesOnWhatGitHubDoesNotAccept() {
    on(
        "POST",
        REPO + "/deployments",
        422,
        "{\"message\":\"Validation Failed\",\"errors\":[{\"resource\":\"Deployment\","
            + "\"field\":\"ref\",\"code\":\"invalid\"},{\"message\":\"No ref found\"},\"plain\"]}");
    Upstream failure =
        failure(
            () ->
                host.reports()
                    .announce(HELLO, ONE, "hello/main", new SagaId("acme/hello/main#1@0"), "d"));
    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure).hasMessageContaining("Validation Failed; ref invalid; No ref found; plain");
  }
}
