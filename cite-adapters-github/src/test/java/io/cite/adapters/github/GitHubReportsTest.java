package io.cite.adapters.github;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.deploy.ReportedState;
import io.cite.core.domain.deploy.SagaId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.error.NotFound;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GitHubReportsTest extends WithGitHub {
  private static final String CONTEXT = "buildbot/cite-build";
  private static final String STATUSES = REPO + "/commits/" + ONE + "/statuses?per_page=100";
  private static final String LONG = "x".repeat(139) + "😀" + "tail";

  private static String status(long id, String state, String context, String description) {
    return "{\"id\":"
        + id
        + ",\"state\":\""
        + state
        + "\",\"context\":\""
        + context
        + "\",\"description\":"
        + description
        + ",\"target_url\":null,\"created_at\":\"2026-03-01T09:00:00Z\"}";
  }

  private static String deployment(long id, String payload) {
    return "{\"id\":"
        + id
        + ",\"sha\":\""
        + ONE
        + "\",\"environment\":\"hello/main\",\"payload\":"
        + payload
        + ",\"task\":\"deploy\"}";
  }

  private static SagaId saga(long seq) {
    return new SagaId("acme/hello/main#" + seq + "@0");
  }

  @Test
  void readsTheStatusesOfOneContextOldestFirst() {
    answer(
        get(urlEqualTo("/api/v3" + STATUSES)),
        json(
                200,
                "["
                    + String.join(
                        ",",
                        status(30, "success", CONTEXT, "\"imageName:r/x\""),
                        status(20, "failure", "other", "null"))
                    + "]")
            .withHeader("Link", "<" + api() + STATUSES + "&page=2>; rel=\"next\""));
    on("GET", STATUSES + "&page=2", 200, "[" + status(10, "pending", CONTEXT, "null") + "]");
    Instant at = Instant.parse("2026-03-01T09:00:00Z");
    assertThat(host.reports().statuses(HELLO, ONE, CONTEXT))
        .containsExactly(
            new CommitStatus(10, CommitStatus.State.PENDING, CONTEXT, null, null, at),
            new CommitStatus(30, CommitStatus.State.SUCCESS, CONTEXT, "imageName:r/x", null, at));
    assertThat(requests()).hasSize(2);
  }

  @Test
  void readsAFewStatusesInOneRequest() {
    on("GET", STATUSES, 200, "[" + status(10, "error", CONTEXT, "null") + "]");
    assertThat(host.reports().statuses(HELLO, ONE, CONTEXT)).hasSize(1);
    assertThat(requests()).containsExactly("GET " + STATUSES);
  }

  @Test
  void findsNoStatusOfACommitThatIsGone() {
    on("GET", STATUSES, 422, "{\"message\":\"No commit found for SHA\"}");
    assertThat(host.reports().statuses(HELLO, ONE, CONTEXT)).isEmpty();
  }

  @Test
  void reportsAStatusInOneRequestCutToWhatGitHubTakes() {
    on("POST", REPO + "/statuses/" + ONE, 201, status(1, "error", CONTEXT, "null"));
    host.reports().reportStatus(HELLO, ONE, CommitStatus.State.ERROR, CONTEXT, LONG, null);
    assertThat(requests()).containsExactly("POST " + REPO + "/statuses/" + ONE);
    assertThat(sent().path("state").asString("")).isEqualTo("error");
    assertThat(sent().path("context").asString("")).isEqualTo(CONTEXT);
    assertThat(sent().path("description").asString("")).isEqualTo("x".repeat(139) + "😀");
  }

  @Test
  void announcesADeploymentInOneRequest() {
    on("POST", REPO + "/deployments", 201, deployment(3_000_000_000L, "\"\""));
    long id =
        host.reports()
            .announce(HELLO, ONE, "hello/feature/x", new SagaId("acme/hello/\"x\"#1@0"), LONG);
    assertThat(id).isEqualTo(3_000_000_000L);
    assertThat(requests()).containsExactly("POST " + REPO + "/deployments");
    assertThat(sent().path("ref").asString("")).isEqualTo(ONE.value());
    assertThat(sent().path("environment").asString("")).isEqualTo("hello/feature/x");
    assertThat(sent().path("auto_merge").asBoolean(true)).isFalse();
    assertThat(sent().path("required_contexts").isArray()).isTrue();
    assertThat(sent().path("required_contexts")).isEmpty();
    assertThat(sent().path("transient_environment").asBoolean(true)).isFalse();
    assertThat(sent().path("production_environment").asBoolean(true)).isFalse();
    assertThat(sent().path("description").asString("")).isEqualTo("x".repeat(139) + "😀");
    assertThat(
            GitHubRest.JSON
                .readTree(sent().path("payload").asString(""))
                .at("/cite/saga")
                .asString(""))
        .isEqualTo("acme/hello/\"x\"#1@0");
  }

  @Test
  void findsTheDeploymentsOfASagaWhetherTheirPayloadIsTextOrAnObject() {
    answer(
        get(urlPathEqualTo("/api/v3" + REPO + "/deployments")),
        json(
            200,
            "["
                + String.join(
                    ",",
                    deployment(5, "\"no json\""),
                    deployment(4, "{}"),
                    deployment(3, "null"),
                    deployment(
                        3_000_000_000L,
                        "\"{\\\"cite\\\":{\\\"saga\\\":\\\"acme/hello/main#1@0\\\"}}\""),
                    deployment(2, "{\"cite\":{\"saga\":\"acme/hello/main#1@0\"}}"),
                    deployment(1, "{\"cite\":{\"saga\":\"acme/hello/main#2@0\"}}"))
                + "]"));
    assertThat(host.reports().findDeployments(HELLO, ONE, "hello/main", saga(1)))
        .containsExactly(2L, 3_000_000_000L);
    assertThat(host.reports().findDeployments(HELLO, ONE, "hello/main", saga(2)))
        .containsExactly(1L);
    assertThat(host.reports().findDeployments(HELLO, ONE, "hello/main", saga(3))).isEmpty();
    assertThat(requests()).hasSize(3);
    assertThat(requests().get(0))
        .contains("sha=" + ONE)
        .contains("environment=hello%2Fmain")
        .contains("per_page=100");
  }

  @Test
  void reportsSuccessAndLetsGitHubRetireEarlierDeployments() {
    String url = REPO + "/deployments/3000000000/statuses";
    on("POST", url, 201, "{\"id\":1}");
    host.reports()
        .reportDeployment(
            HELLO, 3_000_000_000L, ReportedState.SUCCESS, LONG, "https://hello.example.com");
    assertThat(requests()).containsExactly("POST " + url);
    assertThat(sent().path("state").asString("")).isEqualTo("success");
    assertThat(sent().path("auto_inactive").asBoolean(false)).isTrue();
    assertThat(sent().path("environment_url").asString("")).isEqualTo("https://hello.example.com");
    assertThat(sent().path("description").asString("")).isEqualTo("x".repeat(139) + "😀");
  }

  @Test
  void reportsAFailureWithoutAUrl() {
    on("POST", REPO + "/deployments/4/statuses", 201, "{\"id\":1}");
    host.reports().reportDeployment(HELLO, 4, ReportedState.FAILURE, "boom", null);
    assertThat(sent().path("state").asString("")).isEqualTo("failure");
    assertThat(sent().has("environment_url")).isFalse();
    assertThat(sent().path("auto_inactive").asBoolean(true)).isFalse();
  }

  @Test
  void saysThatTheDeploymentIsGone() {
    on("GET", REPO, 200, repositoryJson());
    assertThatThrownBy(
            () -> host.reports().reportDeployment(HELLO, 4, ReportedState.PENDING, "waits", null))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("has no deployment 4");
  }
}
