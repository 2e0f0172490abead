package io.cite.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.server.sandbox.Options;
import io.cite.server.sandbox.Sandbox;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in and out, and what a session is good for. */
class SignInTest {
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\">");

  @TempDir private static Path data;
  private static Sandbox sandbox;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.start(Options.in(data));
    sandbox.github().addUser("reader", "reader-of-the-sandbox");
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  private static Browser strict() {
    return new Browser(sandbox.cite(), HttpClient.Redirect.NEVER);
  }

  private static Browser signedIn() {
    return new Browser(sandbox.cite()).signedIn(sandbox.token().reveal());
  }

  /** Goes to GitHub and chooses who one is; the address that GitHub sends the browser back to. */
  private static URI throughGitHub(Browser browser, String login) {
    URI page = URI.create(location(browser.get("/login/github?next=/login")));
    Browser atGitHub = new Browser(sandbox.github().url(), HttpClient.Redirect.NEVER);
    HttpResponse<String> form = atGitHub.get(page.getRawPath() + "?" + page.getRawQuery());
    assertThat(form.statusCode()).isEqualTo(200);
    StringBuilder fields = new StringBuilder(Browser.form(Map.of("login", login)));
    Matcher hidden = HIDDEN.matcher(form.body());
    while (hidden.find()) {
      fields.append('&').append(Browser.form(Map.of(hidden.group(1), hidden.group(2))));
    }
    return URI.create(location(atGitHub.post("/login/oauth/authorize", fields.toString())));
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElseThrow(() -> new AssertionError(answer));
  }

  private static String path(URI uri) {
    return uri.getRawPath() + "?" + uri.getRawQuery();
  }

  @Test
  void sendsABrowserToSignInAndBackToThePageThatItWanted() {
    HttpResponse<String> answer = strict().get("/?q=a%20b");
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(location(answer)).isEqualTo("/login?next=%2F%3Fq%3Da%2520b");
    HttpResponse<String> page = strict().get(location(answer));
    assertThat(page.body()).contains("name=\"next\" value=\"/?q=a%20b\"");
  }

  @Test
  void signsInWithGitHub() {
    Browser browser = strict();
    URI back = throughGitHub(browser, "reader");
    HttpResponse<String> answer = browser.get(path(back));
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(location(answer)).isEqualTo("/login");
    assertThat(browser.get("/").body()).contains("<summary>reader</summary>");
  }

  @Test
  void takesAStateOnceAndFromTheBrowserThatBeganAlone() {
    Browser browser = strict();
    String back = path(throughGitHub(browser, "reader"));
    assertThat(strict().get(back).statusCode()).isEqualTo(400);
    String other = back.replaceAll("state=[^&]+", "state=other");
    assertThat(browser.get(other).statusCode()).isEqualTo(400);

    Browser again = strict();
    String right = path(throughGitHub(again, "reader"));
    assertThat(again.get(right).statusCode()).isEqualTo(303);
    assertThat(again.get(right).statusCode()).isEqualTo(400);
  }

  @Test
  void saysThatGitHubDidNotConfirm() {
    Browser browser = strict();
    HttpResponse<String> answer = browser.get(path(throughGitHub(browser, "")));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("GitHub did not confirm the sign-in.");
  }

  @Test
  void refusesAnUnknownTokenWithoutASession() {
    Browser browser = strict();
    HttpResponse<String> answer =
        browser.post("/login", "token=wrong&next=/", "Sec-Fetch-Site", "same-origin");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("CITE does not know this token");
    assertThat(browser.get("/").statusCode()).isEqualTo(303);
  }

  @Test
  void refusesAFormOfAnotherSite() {
    for (String[] headers :
        new String[][] {
          {"Origin", "https://elsewhere.invalid"},
          {"Origin", "null"},
          {"Sec-Fetch-Site", "cross-site"},
          {"Sec-Fetch-Site", "same-site"}
        }) {
      assertThat(strict().post("/login", "token=wrong", headers).statusCode()).isEqualTo(403);
      assertThat(strict().post("/preferences", "theme=dark", headers).statusCode()).isEqualTo(403);
    }
    assertThat(strict().post("/login", "token=wrong").statusCode()).isEqualTo(403);
  }

  @Test
  void theCookieIsGoodForTheApiButChangesNothingWithoutTheToken() {
    Browser browser = signedIn();
    HttpResponse<String> services = browser.get("/v1/services");
    assertThat(services.statusCode()).isEqualTo(200);
    assertThat(services.headers().firstValue("Content-Type")).hasValue("application/json");
    String[] sameOrigin = {"Sec-Fetch-Site", "same-origin"};
    HttpResponse<String> refused = browser.post("/v1/gc?dryRun=true", "", sameOrigin);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("The form has expired");
    Matcher token =
        Pattern.compile("name=\"csrf\" value=\"(\\w+)\"").matcher(browser.get("/logout").body());
    assertThat(token.find()).isTrue();
    String[] right = {"Sec-Fetch-Site", "same-origin", "X-CSRF-Token", token.group(1)};
    assertThat(browser.post("/v1/gc?dryRun=true", "", right).statusCode()).isEqualTo(200);
    String[] foreign = {"Origin", "https://elsewhere.invalid", "X-CSRF-Token", token.group(1)};
    assertThat(browser.post("/v1/gc?dryRun=true", "", foreign).statusCode()).isEqualTo(403);
  }

  @Test
  void signsOutHereOrInAllBrowsers() {
    Browser here = signedIn();
    Browser there = signedIn();
    here.submit("/logout", "/logout", Map.of());
    assertThat(here.get("/").body()).contains("<h1>Sign in</h1>");
    assertThat(there.get("/").body()).contains("<h1>Environments</h1>");
    Browser third = signedIn();
    third.submit("/logout", "/logout", Map.of("everywhere", "yes"));
    assertThat(there.get("/").body()).contains("<h1>Sign in</h1>");
    assertThat(third.get("/").body()).contains("<h1>Sign in</h1>");
  }

  @Test
  void leadsNowhereButToItself() {
    for (String next :
        new String[] {
          "//elsewhere.invalid", "/\\elsewhere.invalid", "https://elsewhere.invalid/", "x", "/a b"
        }) {
      HttpResponse<String> answer =
          strict()
              .post(
                  "/login",
                  Browser.form(Map.of("token", sandbox.token().reveal(), "next", next)),
                  "Sec-Fetch-Site",
                  "same-origin");
      assertThat(location(answer)).as(next).isEqualTo("/");
    }
  }

  @Test
  void pagesHaveAStrictPolicyAndAreNotKept() {
    HttpResponse<String> page = new Browser(sandbox.cite()).get("/login");
    assertThat(page.headers().firstValue("Content-Security-Policy")).hasValue(Site.POLICY);
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("same-origin");
    assertThat(page.body()).doesNotContain("style=").doesNotContain("<script>");
  }

  @Test
  void filesAreKeptForGoodAndAreSmall() {
    Browser browser = new Browser(sandbox.cite());
    Matcher files =
        Pattern.compile("\"(/assets/[0-9a-f]{16}/[\\w.]+)\"").matcher(browser.get("/login").body());
    int count = 0;
    while (files.find()) {
      count++;
      HttpResponse<String> file = browser.get(files.group(1), "Accept-Encoding", "gzip");
      assertThat(file.statusCode()).as(files.group(1)).isEqualTo(200);
      assertThat(file.headers().firstValue("Cache-Control"))
          .hasValue("public, max-age=31536000, immutable");
      assertThat(file.headers().firstValue("Content-Encoding")).hasValue("gzip");
    }
    assertThat(count).isGreaterThanOrEqualTo(6);
    assertThat(browser.get("/assets/0000000000000000/cite.css").statusCode()).isEqualTo(404);
  }

  @Test
  void failuresAreAPageForABrowserAndJsonForTheApi() {
    Browser browser = signedIn();
    HttpResponse<String> page = browser.get("/nothing-here");
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.body()).contains("<h1>Error 404</h1>");
    HttpResponse<String> api = browser.get("/v1/nothing-here");
    assertThat(api.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(browser.get("/nothing-here", "Accept-Language", "ko").body())
        .contains("<html lang=\"ko\"");
  }

  @Test
  void aLanguageThatWasChosenStays() {
    Browser browser = new Browser(sandbox.cite());
    browser.post("/preferences", "language=ko&next=/login", "Sec-Fetch-Site", "same-origin");
    assertThat(browser.get("/login").body()).contains("<html lang=\"ko\"").contains("로그인");
    browser.post("/preferences", "theme=dark&next=/login", "Sec-Fetch-Site", "same-origin");
    assertThat(browser.get("/login").body()).contains("data-theme=\"dark\"").contains("로그인");
  }
}
