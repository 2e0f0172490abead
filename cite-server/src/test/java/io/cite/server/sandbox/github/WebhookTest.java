package io.cite.server.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.server.sandbox.github.event.DeliveryMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is delivered to hooks, how it is signed, and what is remembered of it. */
class WebhookTest {

  private static final String REPO = "/repos/acme/hello";

  @TempDir Path data;
  private SandboxGitHub sandbox;
  private Receiver receiver;
  private Caller acme;
  private String head;

  @BeforeEach
  void start() throws Exception {
    sandbox = SandboxGitHub.start(Options.in(data).withUser("acme", "acme-token"));
    sandbox.createRepository("acme/hello");
    head = sandbox.commit("acme/hello", "main", Map.of("a", "a"), "One");
    acme = new Caller(sandbox.url(), "acme-token");
    receiver = new Receiver();
  }

  @AfterEach
  void stop() {
    receiver.close();
    sandbox.close();
  }

  private long hook(String events) {
    Caller.Answer answer =
        acme.post(
            REPO + "/hooks",
            "{\"events\":"
                + events
                + ",\"config\":{\"content_type\":\"json\",\"secret\":\"s3cret\",\"url\":\""
                + receiver.url()
                + "\"}}");
    assertThat(answer.status()).isEqualTo(201);
    return answer.body().path("id").asLong();
  }

  private JsonNode deliveries(long hook, int count) {
    String path = REPO + "/hooks/" + hook + "/deliveries";
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> acme.get(path).body().size() >= count);
    return acme.get(path).body();
  }

  private void status(String state, String more) {
    assertThat(
            acme.post(REPO + "/statuses/" + head, "{\"state\":\"" + state + "\"" + more + "}")
                .status())
        .isEqualTo(201);
  }

  @Test
  void greetsANewHookAndSignsTheRawBytes() throws Exception {
    long id = hook("[\"status\"]");
    Receiver.Received ping = receiver.await("ping", 1);
    assertThat(ping.header("X-GitHub-Hook-ID")).isEqualTo(Long.toString(id));
    assertThat(ping.header("X-GitHub-Hook-Installation-Target-Type")).isEqualTo("repository");
    assertThat(ping.header("X-GitHub-Hook-Installation-Target-ID"))
        .isEqualTo(ping.json().at("/repository/id").asString());
    assertThat(ping.header("User-Agent")).startsWith("GitHub-Hookshot/");
    assertThat(ping.header("Content-Type")).isEqualTo("application/json");
    assertThat(ping.header("X-GitHub-Delivery")).hasSize(36);
    assertThat(ping.json().at("/hook/config/secret").asString()).isEqualTo("********");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    assertThat(ping.header("X-Hub-Signature-256"))
        .isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(ping.body())));
    assertThat(ping.header("X-Hub-Signature")).startsWith("sha1=");
  }

  @Test
  void tellsOfAStatusWithTheBranchesThatHaveTheCommit() {
    hook("[\"status\"]");
    sandbox.commit("acme/hello", "ahead", Map.of("b", "b"), "Two");
    status("pending", "");
    JsonNode body = receiver.await("status", 1).json();
    assertThat(body.path("description").isNull()).isTrue();
    assertThat(body.path("target_url").isNull()).isTrue();
    assertThat(body.path("context").asString()).isEqualTo("default");
    assertThat(body.path("name").asString()).isEqualTo("acme/hello");
    assertThat(body.at("/commit/sha").asString()).isEqualTo(head);
    assertThat(names(body.path("branches"), "name")).containsExactly("ahead", "main");
    assertThat(receiver.all("push")).isEmpty();
  }

  @Test
  void tellsOfDeploymentsButNotOfTheirEnd() {
    hook("[\"deployment\",\"deployment_status\"]");
    String deployment =
        acme.post(REPO + "/deployments", "{\"ref\":\"" + head + "\",\"environment\":\"e\"}")
            .text("url");
    acme.post(deployment + "/statuses", "{\"state\":\"inactive\"}");
    acme.post(deployment + "/statuses", "{\"state\":\"success\",\"log_url\":\"http://l\"}");
    assertThat(receiver.await("deployment", 1).json().at("/deployment/sha").asString())
        .isEqualTo(head);
    assertThat(
            receiver.await("deployment_status", 1).json().at("/deployment_status/state").asString())
        .isEqualTo("success");
    Awaitility.await().until(sandbox::deliveriesIdle);
    assertThat(receiver.all("deployment_status")).hasSize(1);
  }

  @Test
  void tellsOfAPullRequestFromOpeningToMerging() {
    hook("[\"pull_request\"]");
    sandbox.commit("acme/hello", "topic", Map.of("t", "t"), "Topic");
    acme.post(REPO + "/pulls", "{\"title\":\"T\",\"head\":\"topic\",\"base\":\"main\"}");
    assertThat(receiver.await("pull_request", 1).json().path("action").asString())
        .isEqualTo("opened");
    String tip = sandbox.commit("acme/hello", "topic", Map.of("t", "u"), "More");
    JsonNode more = receiver.await("pull_request", 2).json();
    assertThat(more.path("action").asString()).isEqualTo("synchronize");
    assertThat(more.path("after").asString()).isEqualTo(tip);
    acme.call("PATCH", REPO + "/git/refs/heads/main", "{\"sha\":\"" + tip + "\"}");
    JsonNode merged = receiver.await("pull_request", 3).json();
    assertThat(merged.path("action").asString()).isEqualTo("closed");
    assertThat(merged.at("/pull_request/merged").asBoolean()).isTrue();
  }

  @Test
  void sendsNothingToAnInactiveOrUninterestedHook() {
    long id = hook("[\"push\"]");
    receiver.await("ping", 1);
    status("success", "");
    acme.call("PATCH", REPO + "/hooks/" + id, "{\"active\":false}");
    sandbox.commit("acme/hello", "main", Map.of("c", "c"), "Unheard");
    Awaitility.await().until(sandbox::deliveriesIdle);
    assertThat(receiver.count()).isEqualTo(1);
  }

  @Test
  void sendsAllEventsToAHookThatWantsAll() {
    hook("[\"*\"]");
    status("success", "");
    sandbox.commit("acme/hello", "new", Map.of("c", "c"), "Heard");
    receiver.await("status", 1);
    receiver.await("push", 1);
    receiver.await("create", 1);
  }

  @Test
  void redeliversUnderTheSameIdWithTheSameBytes() {
    receiver.answer = 500;
    long id = hook("[\"status\"]");
    status("success", "");
    deliveries(id, 2);
    JsonNode failed = acme.get(REPO + "/hooks/" + id + "/deliveries?status=failure").body();
    assertThat(failed.size()).isEqualTo(2);
    assertThat(acme.get(REPO + "/hooks/" + id).body().at("/last_response/code").asInt())
        .isEqualTo(500);
    JsonNode lost =
        StreamSupport.stream(failed.spliterator(), false)
            .filter(one -> one.path("event").asString().equals("status"))
            .findFirst()
            .orElseThrow();
    receiver.answer = 200;
    String path = REPO + "/hooks/" + id + "/deliveries/" + lost.path("id").asLong();
    assertThat(acme.post(path + "/attempts", "").status()).isEqualTo(202);
    Receiver.Received again = receiver.await("status", 2);
    assertThat(again.header("X-GitHub-Delivery")).isEqualTo(lost.path("guid").asString());
    assertThat(again.body()).isEqualTo(receiver.all("status").get(0).body());
    JsonNode newest = deliveries(id, 3).get(0);
    assertThat(newest.path("redelivery").asBoolean()).isTrue();
    assertThat(newest.path("status").asString()).isEqualTo("OK");
    JsonNode full = acme.get(path).body();
    assertThat(full.at("/request/headers/X-GitHub-Event").asString()).isEqualTo("status");
    assertThat(full.at("/request/payload/sha").asString()).isEqualTo(head);
    assertThat(full.path("status").asString()).isEqualTo("Invalid HTTP Response: 500");
  }

  @Test
  void recordsWhatCouldNotConnect() {
    String dead = receiver.url();
    receiver.close();
    long id = hook("[\"push\"]");
    JsonNode delivery = deliveries(id, 1).get(0);
    assertThat(delivery.path("status_code").asInt()).isEqualTo(502);
    assertThat(delivery.path("status").asString()).contains("connect");
    assertThat(dead).isEqualTo(receiver.url());
  }

  @Test
  void pagesDeliveriesByCursor() {
    long id = hook("[\"status\"]");
    for (int i = 0; i < 4; i++) {
      status("pending", ",\"context\":\"c" + i + "\"");
    }
    deliveries(id, 5);
    String path = REPO + "/hooks/" + id + "/deliveries?per_page=2";
    int pages = 1;
    Caller.Answer page = acme.get(path);
    List<String> seen = new java.util.ArrayList<>(names(page.body(), "id"));
    while (page.header("Link").contains("rel=\"next\"")) {
      page = acme.get(page.header("Link").replaceAll("^<([^>]+)>.*", "$1"));
      seen.addAll(names(page.body(), "id"));
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(seen).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void imitatesOutages() {
    long id = hook("[\"status\"]");
    deliveries(id, 1);
    sandbox.deliveries(DeliveryMode.LOSE);
    status("pending", ",\"context\":\"lost\"");
    sandbox.deliveries(DeliveryMode.FAIL);
    status("pending", ",\"context\":\"failed\"");
    assertThat(deliveries(id, 2).get(0).path("status_code").asInt()).isEqualTo(502);
    sandbox.deliveries(DeliveryMode.HOLD);
    status("pending", ",\"context\":\"held\"");
    assertThat(receiver.all("status")).isEmpty();
    sandbox.deliveries(DeliveryMode.SEND);
    assertThat(receiver.await("status", 1).json().path("context").asString()).isEqualTo("held");
    sandbox.loseNextDeliveries(1);
    status("success", ",\"context\":\"gone\"");
    status("success", ",\"context\":\"come\"");
    assertThat(receiver.await("status", 2).json().path("context").asString()).isEqualTo("come");
    assertThat(deliveries(id, 4).size()).isEqualTo(4);
  }

  private static List<String> names(JsonNode array, String field) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(item -> item.path(field).asString())
        .toList();
  }
}
