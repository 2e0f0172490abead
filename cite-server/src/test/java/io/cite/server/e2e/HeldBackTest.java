package io.cite.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.server.fixture.JsonClient;
import io.cite.server.sandbox.Options;
import io.cite.server.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A person who only has HTTP and git holds an environment back, and releases it. */
@Timeout(180)
class HeldBackTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String MAIN = "/v1/services/acme/held/environments/main";
  private static final String DOCKERFILE = "FROM scratch\n";

  @Test
  void everythingThatIsNotLiveIsSaidAndOneOrderMakesItLive(@TempDir Path data) throws Exception {
    Files.createDirectories(data.resolve("sandbox"));
    try (Sandbox sandbox = Sandbox.start(Options.in(data.resolve("sandbox")));
        Checkout checkout =
            new Checkout(
                Files.createDirectories(data.resolve("checkout")),
                sandbox.github().url().resolve("/acme/held.git"),
                "main",
                sandbox.token().reveal())) {
      JsonClient cite = new JsonClient(sandbox.cite(), sandbox.token().reveal());
      sandbox.github().createRepository("acme/held");
      sandbox.github().setPermission("acme/held", Sandbox.CITE_ACCOUNT, "admin");
      sandbox.github().setPermission("acme/held", Sandbox.ADMINISTRATOR, "admin");
      String first = checkout.push("first", Map.of("Dockerfile", DOCKERFILE));
      JsonClient.Answer created =
          cite.post("/v1/services", Map.of("repository", "acme/held")).expect(202);
      assertThat(created.text("next")).contains("is built and deployed");
      isLive(cite, first);

      String second = checkout.push("second", Map.of("file", "2"));
      isLive(cite, second);
      JsonClient.Answer rolledBack =
          cite.post(MAIN + "/deployments/1/activate", Map.of("reason", "Too slow")).expect(202);
      assertThat(rolledBack.body()).contains("Too slow");
      isLive(cite, first);
      cite.post(MAIN + "/deployments/1/activate", Map.of("because", "x")).expect(400);
      cite.post(MAIN + "/deployments/1/activate", Map.of("reason", " ")).expect(400);

      String third = checkout.push("third", Map.of("file", "3"));
      until(cite, e -> e.at("/pendingCommit/commit").asString("").equals(third));
      JsonNode held = cite.get(MAIN).expect(200).json();
      assertThat(held.path("pinned").asBoolean()).isTrue();
      assertThat(held.at("/pin/by").asString()).isEqualTo("admin");
      assertThat(held.at("/pin/reason").asString()).isEqualTo("Too slow");
      assertThat(held.at("/pin/since").asString()).isNotEmpty();
      assertThat(held.at("/pendingCommit/order/method").asString()).isEqualTo("DELETE");

      JsonNode released =
          cite.delete(held.at("/pendingCommit/order/path").asString()).expect(200).json();
      assertThat(released.path("pinned").asBoolean()).isFalse();
      assertThat(released.path("pin").isNull()).isTrue();
      isLive(cite, third);
      until(cite, e -> e.path("pendingCommit").isNull());
      assertThat(cite.get("/v1/audit").body())
          .contains("because: Too slow")
          .contains("was pinned by admin since");

      patch(cite, Map.of("autoDeploy", false, "variables", Map.of("A", "1")));
      JsonNode changed = cite.get(MAIN).expect(200).json();
      assertThat(changed.at("/pendingSettings/names/0").asString()).isEqualTo("variables.A");
      assertThat(cite.get("/services/acme/held/main").body())
          .contains("Changed and not live yet: variables.A.", "/deploy?commit=" + third);
      JsonNode order = changed.at("/pendingSettings/order");
      cite.send(
              order.path("method").asString(),
              order.path("path").asString(),
              order.path("body").toString(),
              Map.of())
          .expect(202);
      until(cite, e -> e.path("pendingSettings").isNull());
      isLive(cite, third);
      assertThat(cite.get("/services/acme/held/main").body()).doesNotContain("not live yet: ");

      String fourth = checkout.push("fourth", Map.of("file", "4"));
      until(cite, e -> e.at("/pendingCommit/commit").asString("").equals(fourth));
      assertThat(cite.get(MAIN).json().at("/pendingCommit/reason").asString())
          .isEqualTo("Auto-deploy is off.");
      patch(cite, Map.of("autoDeploy", true));
      isLive(cite, fourth);
    }
  }

  private static void patch(JsonClient cite, Map<String, Object> body) {
    cite.send(
            "PATCH",
            MAIN,
            tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(body),
            Map.of())
        .expect(200);
  }

  private static void isLive(JsonClient cite, String commit) {
    until(
        cite,
        e ->
            e.at("/live/commit").asString("").equals(commit)
                && e.path("state").asString().equals("LIVE"));
  }

  private static void until(JsonClient cite, Predicate<JsonNode> reached) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonClient.Answer answer = cite.get(MAIN);
              assertThat(reached.test(answer.json())).as(answer.body()).isTrue();
            });
  }
}
