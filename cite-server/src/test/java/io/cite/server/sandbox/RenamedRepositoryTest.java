package io.cite.server.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.server.fixture.JsonClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Somebody renames the repository of a service at GitHub, or makes another one under its name. */
class RenamedRepositoryTest {
  private static final String SERVICE = "/v1/services/acme/hello";
  private static final String ENVIRONMENT = SERVICE + "/environments/main";
  private static final Duration SOON = Duration.ofSeconds(60);

  private Sandbox sandbox;
  private JsonClient cite;
  private JsonClient github;

  @BeforeEach
  void start(@TempDir Path data) {
    sandbox = Sandbox.start(Options.in(data));
    cite = new JsonClient(sandbox.cite(), sandbox.token().reveal());
    github = new JsonClient(sandbox.github().url(), sandbox.token().reveal());
    cite.post("/v1/services", Map.of("repository", "acme/hello")).expect(202);
    await().atMost(SOON).until(() -> get(SERVICE).path("state").asString().equals("READY"));
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private JsonNode get(String path) {
    return cite.get(path).expect(200).json();
  }

  private void rename() {
    github.send("PATCH", "/repos/acme/hello", "{\"name\":\"world\"}", Map.of()).expect(200);
  }

  private void awaitLive(String commit) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(get(ENVIRONMENT).path("live").path("commit").asString(""))
                    .isEqualTo(commit));
  }

  @Test
  void theNewNameIsTakenOverAndPushesUnderItGoLive() {
    rename();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(get(SERVICE).path("repository").asString()).isEqualTo("acme/world"));
    assertThat(get("/v1/audit").toString())
        .contains("repository.rename", "acme/hello is acme/world now");
    assertThat(get("/v1/deliveries").toString())
        .contains("acme/hello was renamed: it is acme/world now");

    String commit = sandbox.github().commit("acme/world", "main", Map.of("a.txt", "1"), "renamed");
    awaitLive(commit);
  }

  @Test
  void theFormerNameLeadsToTheRepositoryUntilAnotherOneTakesIt() {
    long number = github.get("/repos/acme/hello").expect(200).json().path("id").asLong();
    rename();

    assertThat(github.get("/repos/acme/hello").expect(301).json().path("url").asString())
        .endsWith("/repositories/" + number);
    assertThat(github.get("/repositories/" + number).expect(200).text("full_name"))
        .isEqualTo("acme/world");
    sandbox.github().createRepository("acme/hello");
    assertThat(github.get("/repos/acme/hello").expect(200).json().path("id").asLong())
        .isNotEqualTo(number);
  }

  @Test
  void anotherRepositoryUnderTheNameIsNotBuilt() {
    github.delete("/repos/acme/hello").expect(204);
    sandbox.github().createRepository("acme/hello");
    String notOurs =
        sandbox
            .github()
            .commit("acme/hello", "main", Map.of("Dockerfile", "FROM scratch\n"), "not ours");

    JsonClient.Answer answer = cite.post(ENVIRONMENT + "/builds", Map.of()).expect(409);
    assertThat(answer.text("code")).isEqualTo("repository-replaced");
    assertThat(answer.text("detail")).contains("acme/hello is another repository now");
    assertThat(get(ENVIRONMENT + "/builds").path("items").toString())
        .as("only the own repository's first commit may have been asked for before")
        .doesNotContain(notOurs);
  }
}
