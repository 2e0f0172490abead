package io.cite.adapters.github;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.HookId;
import io.cite.core.error.NotFound;
import io.cite.core.error.Upstream;
import io.cite.core.port.HookSpec;
import io.cite.core.port.source.FailedDelivery;
import io.cite.core.port.source.HookAnswer;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GitHubHooksTest extends WithGitHub {
  private static final String URL = "https://cite.example.com/v1/github";
  private static final HookSpec SPEC =
      new HookSpec(URL, Set.of("push", "status"), Secret.of("s3cret"));
  private static final String LIST = REPO + "/hooks?per_page=100";
  private static final String DELIVERIES = REPO + "/hooks/3/deliveries";

  private static String hook(long id, String url) {
    return "{\"id\":"
        + id
        + ",\"name\":\"web\",\"active\":true,\"events\":[\"push\"],\"config\":{"
        + "\"url\":\""
        + url
        + "\",\"content_type\":\"json\",\"secret\":\"********\"}}";
  }

  private static String attempt(long id, String guid, String at, int code) {
    return "{\"id\":"
        + id
        + ",\"guid\":\""
        + guid
        + "\",\"delivered_at\":\""
        + at
        + "\",\"status_code\":"
        + code
        + ",\"event\":\"push\",\"action\":null}";
  }

  @Test
  void makesAHookThatIsMissing() {
    on("GET", LIST, 200, "[" + hook(1, "https://elsewhere.example.com") + "]");
    on("POST", REPO + "/hooks", 201, hook(3, URL));
    assertThat(host.hooks().ensure(HELLO, SPEC)).isEqualTo(new HookAnswer(new HookId(3), true));
    assertThat(requests()).containsExactly("GET " + LIST, "POST " + REPO + "/hooks");
    assertThat(sent())
        .isEqualTo(
            GitHubRest.JSON.readTree(
                """
                {"name":"web","active":true,"events":["push","status"],
                 "config":{"url":"%s","content_type":"json","insecure_ssl":"0","secret":"s3cret"}}"""
                    .formatted(URL)));
  }

  @Test
  void patchesAHookFoundOnALaterPageSinceItsSecretCannotBeCompared() {
    answer(
        get(urlEqualTo("/api/v3" + LIST)),
        json(200, "[" + hook(1, "https://elsewhere.example.com") + "]")
            .withHeader(
                "Link",
                "<"
                    + api()
                    + REPO
                    + "/hooks?per_page=100&page=2>; rel=\"next\", <"
                    + api()
                    + REPO
                    + "/hooks?per_page=100&page=2>; rel=\"last\""));
    on("GET", LIST + "&page=2", 200, "[" + hook(2, URL) + "]");
    on("PATCH", REPO + "/hooks/2", 200, hook(2, URL));
    assertThat(host.hooks().ensure(HELLO, SPEC)).isEqualTo(new HookAnswer(new HookId(2), false));
    assertThat(requests()).hasSize(3);
    assertThat(sent().path("config").path("secret").asString("")).isEqualTo("s3cret");
    assertThat(sent().path("active").asBoolean(false)).isTrue();
  }

  @Test
  void leavesOneHookWhereThereWereTwo() {
    on("GET", LIST, 200, "[" + hook(9, URL) + "," + hook(4, URL) + "]");
    on("PATCH", REPO + "/hooks/4", 200, hook(4, URL));
    on("DELETE", REPO + "/hooks/9", 204, "");
    assertThat(host.hooks().ensure(HELLO, SPEC)).isEqualTo(new HookAnswer(new HookId(4), false));
    assertThat(requests()).contains("DELETE " + REPO + "/hooks/9");
  }

  @Test
  void adoptsAHookThatSomebodyMadeMeanwhile() {
    answer(
        get(urlEqualTo("/api/v3" + LIST))
            .inScenario("race")
            .whenScenarioStateIs(Scenario.STARTED)
            .willSetStateTo("made"),
        json(200, "[]"));
    answer(
        get(urlEqualTo("/api/v3" + LIST)).inScenario("race").whenScenarioStateIs("made"),
        json(200, "[" + hook(5, URL) + "]"));
    on(
        "POST",
        REPO + "/hooks",
        422,
        "{\"message\":\"Validation Failed\",\"errors\":[{\"resource\":\"Hook\",\"code\":\"custom\","
            + "\"message\":\"Hook already exists on this repository\"}]}");
    on("PATCH", REPO + "/hooks/5", 200, hook(5, URL));
    assertThat(host.hooks().ensure(HELLO, SPEC)).isEqualTo(new HookAnswer(new HookId(5), false));
  }

  @Test
  void saysClearlyThatGitHubTakesNoMoreHooks() {
    on("GET", LIST, 200, "[]");
    on(
        "POST",
        REPO + "/hooks",
        422,
        "{\"message\":\"Validation Failed\",\"errors\":[{\"resource\":\"Hook\",\"code\":\"custom\","
            + "\"message\":\"The \\\"push\\\" event cannot have more than 20 hooks\"}]}");
    assertThatThrownBy(() -> host.hooks().ensure(HELLO, SPEC))
        .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageContaining("20 webhooks")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void removesAllHooksWithTheUrlAndNoOther() {
    on("GET", LIST, 200, "[" + hook(1, "https://x.example.com") + "," + hook(2, URL) + "]");
    host.hooks().remove(HELLO, URL);
    assertThat(requests()).containsExactly("GET " + LIST, "DELETE " + REPO + "/hooks/2");
  }

  @Test
  void removesNothingWhereThereIsNoHook() {
    on("GET", LIST, 200, "[]");
    host.hooks().remove(HELLO, URL);
    assertThat(requests()).hasSize(1);
  }

  @Test
  void listsFailedDeliveriesOldestFirstAndStopsAtTheGivenTime() {
    answer(
        get(urlEqualTo("/api/v3" + DELIVERIES + "?per_page=100")),
        json(
                200,
                "["
                    + String.join(
                        ",",
                        attempt(99, "healed", "2026-03-01T09:00:00Z", 202),
                        attempt(98, "twice", "2026-03-01T08:00:00Z", 502),
                        attempt(97, "healed", "2026-03-01T07:00:00Z", 500))
                    + "]")
            .withHeader(
                "Link", "<" + api() + DELIVERIES + "?per_page=100&cursor=v1_97>; rel=\"next\""));
    answer(
        get(urlEqualTo("/api/v3" + DELIVERIES + "?per_page=100&cursor=v1_97")),
        json(
                200,
                "["
                    + String.join(
                        ",",
                        attempt(9_007_199_254_740_993L, "lost", "2026-03-01T06:30:00.5Z", 0),
                        attempt(95, "twice", "2026-03-01T06:15:00Z", 500),
                        attempt(94, "old", "2026-03-01T05:59:59Z", 500))
                    + "]")
            .withHeader(
                "Link", "<" + api() + DELIVERIES + "?per_page=100&cursor=v1_94>; rel=\"next\""));
    assertThat(
            host.hooks()
                .failedDeliveries(HELLO, new HookId(3), Instant.parse("2026-03-01T06:00:00Z")))
        .containsExactly(
            new FailedDelivery(
                9_007_199_254_740_993L,
                new DeliveryId("lost"),
                "push",
                Instant.parse("2026-03-01T06:30:00.5Z")),
            new FailedDelivery(
                98, new DeliveryId("twice"), "push", Instant.parse("2026-03-01T08:00:00Z")));
    assertThat(requests()).hasSize(2);
  }

  @Test
  void asksForRedelivery() {
    answer(WireMock.post(urlEqualTo("/api/v3" + DELIVERIES + "/98/attempts")), json(202, "{}"));
    host.hooks().redeliver(HELLO, new HookId(3), 98);
    assertThat(requests()).containsExactly("POST " + DELIVERIES + "/98/attempts");
  }

  @Test
  void saysThatTheHookIsGone() {
    on("GET", REPO, 200, repositoryJson());
    assertThatThrownBy(() -> host.hooks().failedDeliveries(HELLO, new HookId(3), Instant.EPOCH))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("has no webhook 3");
  }
}
