package io.cite.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.server.fixture.JsonClient;
import io.cite.server.sandbox.Options;
import io.cite.server.sandbox.Sandbox;
import io.cite.server.sandbox.github.rest.Fault;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each page, as a browser without scripts gets it. */
class PagesTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String ENVIRONMENT = "/services/acme/hello/main";
  private static final String HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

  @TempDir private static Path data;
  private static Sandbox sandbox;
  private static Browser admin;
  private static String commit;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.start(Options.in(data));
    admin = new Browser(sandbox.cite()).signedIn(sandbox.token().reveal());
    Map<String, String> form =
        Map.of("repository", Sandbox.REPOSITORY, "replicas", "1", "autoDeploy", "on");
    HttpResponse<String> plan = admin.submit("/new", "/new", form);
    assertThat(plan.body()).contains("What is created", "Kubernetes Service");
    JsonClient cite = new JsonClient(sandbox.cite(), sandbox.token().reveal());
    assertThat(cite.get("/v1/services").expect(200).json().path("items")).isEmpty();
    Map<String, String> order = new java.util.HashMap<>(form);
    order.put("step", "create");
    HttpResponse<String> created = admin.submit("/new", "/new", order);
    assertThat(created.uri().getPath()).isEqualTo("/services/acme/hello");
    shows("/services/acme/hello", "Ready");
    commit =
        sandbox
            .github()
            .commit(Sandbox.REPOSITORY, "main", Map.of("a.txt", "1"), "First " + HOSTILE);
    shows(ENVIRONMENT, commit.substring(0, 7) + " serves since");
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  private static void shows(String page, String text) {
    await().atMost(SOON).untilAsserted(() -> assertThat(admin.get(page).body()).contains(text));
  }

  @Test
  void showsEachPageInBothLanguages() {
    for (String path :
        List.of(
            "/",
            "/?q=hello&status=LIVE&sort=newest",
            "/new",
            "/services/acme/hello",
            ENVIRONMENT,
            ENVIRONMENT + "/builds/1",
            ENVIRONMENT + "/deployments/1",
            ENVIRONMENT + "/build",
            ENVIRONMENT + "/build?commit=" + commit,
            ENVIRONMENT + "/deploy",
            ENVIRONMENT + "/deploy?build=1",
            ENVIRONMENT + "/scale",
            ENVIRONMENT + "/release",
            ENVIRONMENT + "/settings",
            ENVIRONMENT + "/delete",
            "/settings/acme/hello",
            "/settings/acme/hello/add",
            "/settings/acme/hello/delete",
            "/activity",
            "/activity?q=hello&kind=builds",
            ENVIRONMENT + "/deployments/1/activate",
            ENVIRONMENT + "/builds/1/cancel",
            ENVIRONMENT + "/deployments/1/cancel",
            "/why/acme/hello/" + commit,
            "/deliveries",
            "/audit?q=service.create",
            "/status",
            "/logout")) {
      for (String language : List.of("en", "ko")) {
        HttpResponse<String> page = admin.get(path, "Accept-Language", language);
        assertThat(page.statusCode()).as(path).isEqualTo(200);
        assertThat(page.body())
            .as(path)
            .contains("<html lang=\"" + language + "\"")
            .doesNotContain("<script>alert", "<img src=x")
            .doesNotContainPattern("\\{\\d}</(p|span|a|h1)>");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
            .as(path)
            .hasValue(Site.POLICY);
      }
    }
  }

  @Test
  void saysThatSomethingIsNotThere() {
    for (String path :
        List.of(
            "/services/acme/other",
            "/services/acme/hello/other",
            ENVIRONMENT + "/builds/99",
            ENVIRONMENT + "/deployments/99",
            ENVIRONMENT + "/deployments/99/activate",
            "/why/acme/other/" + commit,
            "/why/acme/hello/nothing")) {
      HttpResponse<String> page = admin.get(path);
      assertThat(page.statusCode()).as(path).isEqualTo(404);
      assertThat(page.body()).as(path).contains("<h1>Error 404</h1>");
    }
  }

  @Test
  void keepsWhatWasTypedWhenAFormIsRefused() {
    HttpResponse<String> page =
        admin.submit(
            "/new",
            "/new",
            Map.of("repository", "acme/" + "missing", "replicas", "0", "name", "x-1"));
    assertThat(page.statusCode()).isEqualTo(422);
    assertThat(page.body())
        .contains(
            "value=\"acme/missing\"", "value=\"x-1\"", "The number of replicas must be 1 to 100");
    HttpResponse<String> scale =
        admin.submit(ENVIRONMENT + "/scale", ENVIRONMENT + "/scale", Map.of("replicas", "many"));
    assertThat(scale.statusCode()).isEqualTo(422);
    assertThat(scale.body()).contains("must be a whole number");
    HttpResponse<String> reason =
        admin.submit(
            ENVIRONMENT + "/deployments/1/activate",
            ENVIRONMENT + "/deployments/1/activate",
            Map.of("reason", " "));
    assertThat(reason.statusCode()).isEqualTo(422);
    assertThat(reason.body()).contains("Give the reason of the rollback.");
  }

  @Test
  void keepsWhatWasTypedWhenGitHubDoesNotAnswer() {
    sandbox.github().fault(Fault.answer("GET", "/repos/acme/away.*", 502));
    HttpResponse<String> page =
        admin.submit("/new", "/new", Map.of("repository", "acme/away", "replicas", "1"));
    assertThat(page.statusCode()).isEqualTo(502);
    assertThat(page.body()).contains("value=\"acme/away\"", "acme/away (GitHub)");
  }

  @Test
  void changesNothingByShowingAPlan() {
    JsonClient cite = new JsonClient(sandbox.cite(), sandbox.token().reveal());
    String path = "/v1/services/acme/hello/environments/main";
    String before = cite.get(path).expect(200).body();
    for (String form :
        List.of(
            "/build",
            "/deploy",
            "/scale",
            "/release",
            "/builds/1/cancel",
            "/deployments/1/cancel")) {
      admin.get(ENVIRONMENT + form);
    }
    assertThat(cite.get(path).expect(200).body()).isEqualTo(before);
  }

  @Test
  void showsThePortsAndWhereTheyComeFrom() {
    HttpResponse<String> plan =
        admin.submit(
            "/new",
            "/new",
            Map.of("repository", Sandbox.REPOSITORY, "name", "other", "replicas", "1"));
    assertThat(plan.body()).contains("(8080: EXPOSE in line 3)");
    assertThat(admin.get("/services/acme/hello").body())
        .contains("[8080]: 8080 from EXPOSE in line 3");
    assertThat(admin.get(ENVIRONMENT + "/deployments/1").body()).contains("[8080]");
  }

  @Test
  void findsByWordsAndShowsCounts() {
    assertThat(admin.get("/?q=hello").body()).contains("data-row");
    assertThat(admin.get("/?q=" + commit.substring(0, 7)).body()).contains("data-row");
    assertThat(admin.get("/?q=nothing").body()).contains("No environment matches.");
    assertThat(admin.get("/?q=%22%3E%3Cscript%3E").body()).doesNotContain("\"><script>");
    assertThat(admin.get("/?unknown=1").statusCode()).isEqualTo(400);
  }

  @Test
  void streamsTheContentOfAPage() {
    HttpResponse<java.util.stream.Stream<String>> stream = admin.stream(ENVIRONMENT);
    try (java.util.stream.Stream<String> lines = stream.body()) {
      assertThat(stream.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/event-stream");
      List<String> first = lines.limit(6).toList();
      assertThat(first).contains("event: content").noneMatch(line -> line.contains("<html"));
    }
  }
}
