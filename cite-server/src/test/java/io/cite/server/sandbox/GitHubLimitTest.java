package io.cite.server.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.server.fixture.JsonClient;
import io.cite.server.sandbox.github.rest.ApiCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What CITE asks of GitHub, and what it says while GitHub's limit is used up. */
class GitHubLimitTest {
  private static final String SERVICE = "/v1/services/acme/hello";
  private static final String ENVIRONMENT = SERVICE + "/environments/main";
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Pattern COUNTED =
      Pattern.compile(
          "cite_github_requests_total\\{operation=\"([^\"]+)\",status=\"(\\d+)\"} (\\d+).*");

  private Sandbox sandbox;
  private JsonClient cite;

  @BeforeEach
  void start(@TempDir Path data) {
    sandbox = Sandbox.start(Options.in(data));
    cite = new JsonClient(sandbox.cite(), sandbox.token().reveal());
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private JsonNode get(String path) {
    return cite.get(path).expect(200).json();
  }

  /** Creates the service; its branch is not built before somebody pushes. */
  private void create() {
    cite.post("/v1/services", Map.of("repository", "acme/hello", "autoDeploy", false)).expect(202);
    await().atMost(SOON).until(() -> get(SERVICE).path("state").asString().equals("READY"));
  }

  /** How often each operation was asked of GitHub so far, apart from what had not changed. */
  private Map<String, Integer> counted() {
    Map<String, Integer> counted = new TreeMap<>();
    for (String line : cite.get("/metrics").expect(200).body().split("\n")) {
      Matcher matcher = COUNTED.matcher(line);
      if (matcher.matches() && !matcher.group(2).equals("304")) {
        counted.merge(matcher.group(1), Integer.parseInt(matcher.group(3)), Integer::sum);
      }
    }
    return counted;
  }

  private static Map<String, Integer> difference(
      Map<String, Integer> before, Map<String, Integer> after) {
    Map<String, Integer> difference = new TreeMap<>();
    after.forEach(
        (kind, number) -> {
          int more = number - before.getOrDefault(kind, 0);
          if (more > 0) {
            difference.put(kind, more);
          }
        });
    return difference;
  }

  @Test
  void anEnvironmentSaysThatItWaitsAndUntilWhen() {
    create();
    sandbox.github().rateLimit(0);
    sandbox
        .github()
        .commit("acme/hello", "main", Map.of("a.txt", "1"), "while the limit is used up");

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(get(ENVIRONMENT).path("attention").asString(""))
                    .matches(
                        "waits for GitHub's limit, since \\d\\d:\\d\\d UTC, until \\d\\d:\\d\\d UTC"));
    long refused = refused();
    cite.post(ENVIRONMENT + "/builds", Map.of());
    assertThat(refused()).as("calls that GitHub would refuse are not sent").isEqualTo(refused);
  }

  private long refused() {
    return sandbox.github().calls().stream()
        .filter(call -> call.status() == 403)
        .filter(call -> !call.method().equals("POST"))
        .map(ApiCall::path)
        .filter(path -> !path.endsWith("/contents/Dockerfile"))
        .count();
  }

  @Test
  void anOrderSaysUntilWhenTheLimitIsUsedUp() {
    create();
    sandbox.github().rateLimit(0);

    JsonClient.Answer answer = cite.post(ENVIRONMENT + "/builds", Map.of());
    assertThat(answer.status()).isIn(502, 503);
    assertThat(answer.json().path("detail").asString(""))
        .containsPattern("GitHub's rate limit is used up until \\d\\d:\\d\\d UTC");
  }

  @Test
  void costsAsManyCallsAsTheDocumentsSay() {
    Map<String, Integer> atFirst = counted();
    create();
    Map<String, Integer> created = counted();
    cite.send("PATCH", ENVIRONMENT, "{\"autoDeploy\":true}", Map.of()).expect(200);
    Map<String, Integer> first = costsOfAPush(created, "1");
    Map<String, Integer> second = costsOfAPush(counted(), "2");

    // the numbers of docs/performance.md, apart from what each process asks once
    assertThat(without(difference(atFirst, created), "GET /user")).isBetween(8, 10);
    String sweep = "GET /{repository}/hooks/{number}/deliveries";
    assertThat(without(first, sweep)).as("the first push: %s", first).isBetween(7, 9);
    assertThat(without(second, sweep)).as("a later push: %s", second).isBetween(5, 7);
  }

  private Map<String, Integer> costsOfAPush(Map<String, Integer> before, String content) {
    String commit =
        sandbox.github().commit("acme/hello", "main", Map.of("a.txt", content), "to be deployed");
    await()
        .atMost(SOON)
        .until(() -> get(ENVIRONMENT).path("live").path("commit").asString("").equals(commit));
    await().atMost(SOON).until(() -> states(before) == 2);
    return difference(before, counted());
  }

  /** How many states of deployments were set since then. */
  private int states(Map<String, Integer> since) {
    return difference(since, counted())
        .getOrDefault("POST /{repository}/deployments/{number}/statuses", 0);
  }

  private static int without(Map<String, Integer> counted, String kind) {
    return counted.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(kind))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
