package io.cite.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.server.fixture.JsonClient;
import io.cite.server.sandbox.Options;
import io.cite.server.sandbox.Sandbox;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Text that other people chose comes in by git, webhooks, build logs, orders and addresses. The
 * pages show it as text: nothing of it becomes an element, an attribute or a link.
 */
class HostileTextTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final List<String> TEXTS =
      List.of(
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(2)>",
          "' onmouseover='alert(3)",
          "\" autofocus onfocus=\"alert(4)",
          "<svg/onload=alert(5)>",
          "javascript:alert(6)",
          "</textarea></title></style><script>alert(7)</script>",
          "<a href=\"javascript:alert(8)\" hx-on:click=\"alert(9)\">x</a>",
          "\" hx-get=\"/logout\" hx-trigger=\"load",
          "${7*7} {{7*7}} @raw(\"<b>alert(10)</b>\") !{alert(11)}",
          "&lt;script&gt;alert(12)&lt;/script&gt;",
          "<!-- ]]> <iframe srcdoc=\"<script>alert(13)</script>\">");
  private static final String ALL = String.join(" ", TEXTS);

  /** Of what git allows in the name of a branch. */
  private static final String BRANCH = "a\"><svg/onload=alert(14)>'&lt;";

  private static final Pattern TAG = Pattern.compile("<[a-zA-Z/!](?:\"[^\"]*\"|[^>\"])*>");

  /** The settings of htmx are JSON, which has quotes of its own; they are the same everywhere. */
  private static final String SETTINGS =
      "<meta name=\"htmx-config\" content='{\"allowEval\":false,";

  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
  private static final Pattern LINK =
      Pattern.compile("(?i)(?:href|src|action|formaction|hx-get|hx-post)=\"\\s*(?!/|#|https?:)");

  @TempDir private static Path data;
  private static Sandbox sandbox;
  private static Browser browser;
  private static String environment;
  private static String failed;

  @BeforeAll
  static void live() {
    sandbox = Sandbox.start(Options.in(data));
    browser = new Browser(sandbox.cite()).signedIn(sandbox.token().reveal());
    JsonClient cite = new JsonClient(sandbox.cite(), sandbox.token().reveal());
    cite.post(
            "/v1/services",
            Map.of("repository", Sandbox.REPOSITORY, "variables", Map.of("HOSTILE", ALL)))
        .expect(202);
    String service = "/v1/services/" + Sandbox.REPOSITORY;
    await().atMost(SOON).until(() -> cite.get(service).text("state").equals("READY"));
    String first =
        sandbox.github().commit(Sandbox.REPOSITORY, BRANCH, Map.of("a.txt", "1"), "First " + ALL);
    String slug =
        cite.post(service + "/environments", Map.of("branch", BRANCH)).expect(201).text("slug");
    environment = "/services/" + Sandbox.REPOSITORY + "/" + slug;
    isLive(first);
    isLive(
        sandbox.github().commit(Sandbox.REPOSITORY, BRANCH, Map.of("a.txt", "2"), "Next " + ALL));
    String back =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of("reason", "The prices are wrong " + String.join(" ", TEXTS.subList(0, 5))));
    String activate = service + "/environments/" + slug + "/deployments/1/activate";
    cite.send("POST", activate, back, Map.of()).expect(202);
    shows(environment, "The prices are wrong");
    failed =
        sandbox
            .github()
            .commit(Sandbox.REPOSITORY, BRANCH, Map.of("Dockerfile", ALL + "\n"), "Broken " + ALL);
    shows(environment, failed.substring(0, 7));
    await()
        .atMost(SOON)
        .until(
            () ->
                cite.get(service + "/environments/" + slug)
                    .json()
                    .at("/lastBuild/state")
                    .asString()
                    .equals("FAILED"));
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  private static void isLive(String commit) {
    shows(environment, commit.substring(0, 7) + " serves since");
  }

  private static void shows(String page, String text) {
    await().atMost(SOON).untilAsserted(() -> assertThat(browser.get(page).body()).contains(text));
  }

  @Test
  void isShownAsText() {
    String query = URLEncoder.encode(ALL, StandardCharsets.UTF_8);
    for (String path :
        List.of(
            "/",
            "/?q=" + query,
            "/new?repository=" + query + "&branch=" + query,
            "/services/" + Sandbox.REPOSITORY,
            "/settings/" + Sandbox.REPOSITORY,
            environment,
            environment + "/settings",
            environment + "/build?commit=" + failed,
            environment + "/builds/1",
            environment + "/builds/3",
            environment + "/deployments/1",
            environment + "/deployments/2/activate",
            environment + "/deployments/3",
            environment + "/deploy",
            environment + "/release",
            environment + "/delete",
            "/why/" + Sandbox.REPOSITORY + "/" + failed,
            "/activity",
            "/activity?q=" + query,
            "/deliveries",
            "/audit",
            "/audit?q=" + query)) {
      HttpResponse<String> page = browser.get(path);
      assertThat(page.statusCode()).as(path).isEqualTo(200);
      isHarmless(path, page.body());
    }
    assertThat(browser.get(environment).body())
        .contains("onload=alert(14)&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;");
  }

  @Test
  void isShownAsTextWhereAFormIsRefused() {
    HttpResponse<String> page =
        browser.submit(
            "/new",
            "/new",
            Map.of("repository", ALL, "branch", ALL, "name", ALL, "variables", ALL, "ports", ALL));
    assertThat(page.statusCode()).isEqualTo(422);
    isHarmless("/new", page.body());
  }

  /** No script but those of files, and nothing outside of quotes in a tag that is not ours. */
  private static void isHarmless(String path, String html) {
    Matcher tags = TAG.matcher(html);
    int count = 0;
    while (tags.find()) {
      count++;
      String tag = tags.group();
      if (tag.startsWith(SETTINGS)) {
        continue;
      }
      String bare = QUOTED.matcher(tag).replaceAll("");
      assertThat(bare)
          .as("%s: %s", path, tag)
          .doesNotContain("alert(", "hx-on", "srcdoc", "'")
          .doesNotContainPattern("(?i)[\\s/]on[a-z]+=");
      assertThat(tag).as(path).doesNotContain("hx-get=\"/logout\"");
      assertThat(LINK.matcher(tag).find()).as("link of %s: %s", path, tag).isFalse();
      if (tag.startsWith("<script")) {
        assertThat(tag).as(path).contains(" src=\"/");
      }
    }
    assertThat(html).as(path).doesNotContain("49 49");
    assertThat(count).as(path).isGreaterThan(20);
  }
}
