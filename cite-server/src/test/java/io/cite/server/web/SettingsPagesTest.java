package io.cite.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.server.fixture.JsonClient;
import io.cite.server.sandbox.Options;
import io.cite.server.sandbox.Sandbox;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Changing, adding and deleting with the forms, as a browser without scripts does it. */
class SettingsPagesTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String SERVICE = "/settings/acme/hello";
  private static final String ENVIRONMENT = "/services/acme/hello/main";

  @TempDir private Path data;
  private Sandbox sandbox;
  private Browser admin;
  private JsonClient cite;

  @BeforeEach
  void start() {
    sandbox = Sandbox.start(Options.in(data));
    admin = new Browser(sandbox.cite()).signedIn(sandbox.token().reveal());
    cite = new JsonClient(sandbox.cite(), sandbox.token().reveal());
    cite.post("/v1/services", Map.of("repository", Sandbox.REPOSITORY)).expect(202);
    await().atMost(SOON).until(() -> service().path("state").asString().equals("READY"));
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private JsonNode service() {
    return cite.get("/v1/services/acme/hello").expect(200).json();
  }

  private JsonNode environment() {
    return cite.get("/v1/services/acme/hello/environments/main").expect(200).json();
  }

  private static Map<String, String> form(String... namesAndValues) {
    Map<String, String> form = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      form.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return form;
  }

  private String revision(String page) {
    String body = admin.get(page).body();
    return body.replaceAll("(?s).*name=\"revision\" value=\"(\\d+)\".*", "$1");
  }

  @Test
  void changesWhatAnEnvironmentIsStartedWith() {
    String path = ENVIRONMENT + "/settings";
    String seen = revision(path);
    HttpResponse<String> changed =
        admin.submit(
            path,
            path,
            form("revision", seen, "variables", "GREETING=hello\nB=2", "secrets", "KEY=s3cr3t"));
    assertThat(changed.uri().getPath()).isEqualTo(ENVIRONMENT);
    assertThat(changed.body()).contains("GREETING", "KEY").doesNotContain("s3cr3t");
    assertThat(environment().path("autoDeploy").asBoolean()).as("a switch that was off").isFalse();
    assertThat(environment().path("variables").path("B").asString()).isEqualTo("2");

    HttpResponse<String> late =
        admin.submit(path, path, form("revision", seen, "variables", "GREETING=bye"));
    assertThat(late.statusCode()).isEqualTo(422);
    assertThat(late.body())
        .contains("The settings were changed after you read them", "bye")
        .contains("name=\"revision\" value=\"" + seen + "\"");
    assertThat(environment().path("variables").path("GREETING").asString()).isEqualTo("hello");

    admin.submit(
        path, path, form("revision", revision(path), "removedSecrets", "KEY", "variables", ""));
    assertThat(environment().path("variables")).isEmpty();
    assertThat(environment().path("secrets")).isEmpty();
  }

  @Test
  void portsThatNobodyTypedStillFollowTheImage() {
    String exposed = service().path("portsFrom").asString();
    assertThat(exposed).startsWith("8080 from EXPOSE");
    Map<String, String> other =
        form("ports", "8080", "shownPorts", "8080", "probe", "", "replicas", "3");
    other.put("revision", revision(SERVICE));
    assertThat(admin.submit(SERVICE, SERVICE, other).statusCode()).isEqualTo(200);
    assertThat(service().path("replicas").asInt()).isEqualTo(3);
    assertThat(service().path("portsFrom").asString()).isEqualTo(exposed);
  }

  @Test
  void changesTheServiceAndKeepsWhatWasTypedWhenItIsRefused() {
    Map<String, String> order =
        form("ports", "3000, 9090", "probe", "healthz", "replicas", "2", "autoDeploy", "on");
    order.put("revision", revision(SERVICE));
    HttpResponse<String> refused = admin.submit(SERVICE, SERVICE, order);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains("must begin with", "value=\"3000, 9090\"", "value=\"healthz\"");
    assertThat(refused.body()).contains("They come from:");
    order.put("probe", "/healthz");
    HttpResponse<String> changed = admin.submit(SERVICE, SERVICE, order);
    assertThat(changed.uri().getPath()).isEqualTo("/services/acme/hello");
    assertThat(service().path("ports").toString()).isEqualTo("[3000,9090]");
    assertThat(service().path("portsFrom").isNull()).isTrue();
    assertThat(service().path("probe").path("path").asString()).isEqualTo("/healthz");
  }

  @Test
  void addsABranchAndDeletesItAndTheServiceByName() {
    sandbox.github().commit(Sandbox.REPOSITORY, "try", Map.of("a.txt", "1"), "try");
    String add = SERVICE + "/add";
    assertThat(admin.submit(add, add, form("branch", "missing")).statusCode()).isEqualTo(422);
    HttpResponse<String> added = admin.submit(add, add, form("branch", "try"));
    assertThat(added.uri().getPath()).isEqualTo("/services/acme/hello/try");

    String delete = "/services/acme/hello/try/delete";
    HttpResponse<String> unconfirmed = admin.submit(delete, delete, form("confirm", "main"));
    assertThat(unconfirmed.statusCode()).isEqualTo(422);
    assertThat(unconfirmed.body()).contains("Type try to confirm. Nothing was deleted.");
    admin.submit(delete, delete, form("confirm", "try"));
    String page = "/v1/services/acme/hello/environments/try";
    await().atMost(SOON).untilAsserted(() -> cite.get(page).expect(404));
    assertThat(admin.get(ENVIRONMENT).body()).doesNotContain("main/delete");

    admin.submit(SERVICE + "/delete", SERVICE + "/delete", form("confirm", "acme/hello"));
    await().atMost(SOON).untilAsserted(() -> cite.get("/v1/services/acme/hello").expect(404));
  }

  @Test
  void asksForASignInBeforeItShowsAForm() {
    Browser stranger = new Browser(sandbox.cite());
    for (String path : List.of(SERVICE, ENVIRONMENT + "/settings", SERVICE + "/delete")) {
      assertThat(stranger.get(path).uri().getPath()).as(path).isEqualTo("/login");
    }
  }
}
