package io.cite.server.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.cite.server.sandbox.Options;
import io.cite.server.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The web UI in Chromium, on a sandbox. No page may violate its own policy. The tests go on from
 * each other, as a person does; with {@code -Dscreenshots} they leave pictures in {@code
 * docs/images}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path IMAGES = Path.of("../docs/images");
  private static final double SLOW = 90_000;
  private static final String ENVIRONMENT = "/services/acme/hello/main";
  private static final String HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
  private static final String LISTENER =
      "document.addEventListener('securitypolicyviolation', e => console.error("
          + "'POLICY ' + e.violatedDirective + ' ' + e.blockedURI))";

  @TempDir private static Path data;
  private static Sandbox sandbox;
  private static Playwright playwright;
  private static com.microsoft.playwright.Browser chromium;

  private final List<String> violations = Collections.synchronizedList(new ArrayList<>());
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void start() {
    if (!Files.isExecutable(CHROMIUM)) {
      String text = "There is no " + CHROMIUM + ": the web UI is not tested in a browser.";
      assertThat(Boolean.parseBoolean(System.getenv("CITE_REQUIRE_SERVERS"))).as(text).isFalse();
      Assumptions.abort(text);
    }
    sandbox = Sandbox.start(Options.in(data));
    sandbox.github().addUser("reader", "reader-of-the-sandbox");
    sandbox.github().setPermission(Sandbox.REPOSITORY, "reader", "read");
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  @AfterAll
  static void stop() {
    if (sandbox != null) {
      chromium.close();
      playwright.close();
      sandbox.close();
    }
  }

  @BeforeEach
  void open() {
    open(new com.microsoft.playwright.Browser.NewContextOptions());
  }

  private void open(com.microsoft.playwright.Browser.NewContextOptions options) {
    context =
        chromium.newContext(
            options.setBaseURL(sandbox.cite().toString()).setViewportSize(1440, 900));
    context.setDefaultTimeout(SLOW);
    context.addInitScript(LISTENER);
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.text().startsWith("POLICY")) {
            violations.add(page.url() + " " + message.text());
          }
        });
    page.onDialog(
        dialog -> {
          violations.add("a script ran: " + dialog.message());
          dialog.dismiss();
        });
  }

  @AfterEach
  void close() {
    context.close();
    assertThat(violations).as("violations of the policy").isEmpty();
  }

  private void signIn(String login) {
    page.navigate("/login");
    page.locator("#github").click();
    page.locator("button[value='" + login + "']").click();
    assertThat(page.locator("h1")).hasText("Environments");
  }

  private void sees(String text) {
    assertThat(page.locator("#main"))
        .containsText(text, new ContainsTextOptions().setTimeout(SLOW));
  }

  private void press(String text) {
    page.locator("#main")
        .getByText(text, new Locator.GetByTextOptions().setExact(true))
        .first()
        .click();
  }

  private String push(String message) {
    return sandbox
        .github()
        .commit(
            Sandbox.REPOSITORY, "main", Map.of("index.html", "<p>" + message + "</p>\n"), message);
  }

  @Test
  @Order(1)
  void createsAServiceAfterItsPlan() {
    signIn("admin");
    page.navigate("/new");
    page.locator("#repository").fill("acme/nothing-there");
    press("Show the plan");
    assertThat(page.locator("#refusal")).containsText("acme/nothing-there");
    assertThat(page.locator("#repository")).hasValue("acme/nothing-there");
    page.locator("#repository").fill(Sandbox.REPOSITORY);
    press("Show the plan");
    sees("What is created");
    sees("Kubernetes Service");
    picture("new");
    press("Create the service");
    assertThat(page.locator("h1")).hasText("acme/hello");
    sees("Ready");
  }

  @Test
  @Order(2)
  void buildsAndDeploysAPushWithoutAReload() {
    signIn("admin");
    page.navigate(ENVIRONMENT);
    assertThat(page.locator("#truth"))
        .containsText("Live", new ContainsTextOptions().setTimeout(SLOW));
    page.evaluate("document.body.dataset.loaded = 'once'");
    String commit = push("First");
    sees(commit.substring(0, 7) + " serves since");
    String next = push("Second");
    sees(next.substring(0, 7) + " serves since");
    sees("Roll back to this");
    assertThat(page.locator("body")).hasAttribute("data-loaded", "once");
    picture("environment");
  }

  @Test
  @Order(3)
  void rollsBackWithAReasonAndReleases() {
    signIn("admin");
    page.navigate(ENVIRONMENT);
    press("Roll back to this");
    sees("The environment is pinned until somebody clears the pin");
    sees("What happens");
    picture("rollback");
    page.locator("#reason").fill("prices are wrong " + HOSTILE);
    page.locator("form[action$='/activate'] button").first().click();
    assertThat(page.locator("h1")).hasText("Deployment 4");
    sees("prices are wrong " + HOSTILE);
    sees("Live");
    page.navigate(ENVIRONMENT);
    sees("The environment is pinned");
    String pinned = push("While pinned");
    sees(pinned.substring(0, 7));
    sees("admin pinned the environment.");
    press("Clear the pin");
    page.locator("form[action$='/release'] button").first().click();
    assertThat(page.locator("h1")).hasText("main");
    assertThat(page.locator(".card.pin")).hasCount(0);
    sees(pinned.substring(0, 7) + " serves since");
  }

  @Test
  @Order(4)
  void hasNoSeriousProblemForPeopleWhoCannotSeeOrUseAMouse() {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      context.close();
      open(new com.microsoft.playwright.Browser.NewContextOptions().setColorScheme(scheme));
      page.navigate("/login");
      check("/login", scheme);
      signIn("admin");
      for (String path :
          List.of(
              "/",
              "/new",
              "/services/acme/hello",
              ENVIRONMENT,
              ENVIRONMENT + "/deployments/1",
              ENVIRONMENT + "/builds/1",
              ENVIRONMENT + "/scale",
              ENVIRONMENT + "/settings",
              ENVIRONMENT + "/deployments/1/activate",
              "/settings/acme/hello",
              "/settings/acme/hello/delete",
              "/activity",
              "/deliveries",
              "/audit",
              "/status",
              "/logout",
              "/nothing-here")) {
        page.navigate(path);
        check(path, scheme);
        if (path.equals("/")) {
          picture("dashboard-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
        }
      }
      page.setViewportSize(390, 844);
      page.navigate(ENVIRONMENT);
      check(ENVIRONMENT + " on a phone", scheme);
      boolean scrolls =
          (Boolean)
              page.evaluate(
                  "document.documentElement.scrollWidth > document.documentElement.clientWidth");
      assertThat(scrolls).as("a phone scrolls sideways").isFalse();
      picture("phone-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
    }
  }

  private void check(String path, ColorScheme scheme) {
    assertThat(violations).as("violations of the policy by %s", path).isEmpty();
    List<String> serious =
        new AxeBuilder(page)
            .analyze().getViolations().stream()
                .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                .map(rule -> rule.getId() + ": " + rule.getNodes().get(0).getHtml())
                .toList();
    assertThat(serious).as("%s, %s", path, scheme).isEmpty();
    // axe adds a style of its own, which the policy refuses
    violations.clear();
  }

  @Test
  @Order(5)
  void worksWithoutScripts() {
    context.close();
    open(new com.microsoft.playwright.Browser.NewContextOptions().setJavaScriptEnabled(false));
    signIn("admin");
    page.navigate(ENVIRONMENT);
    press("Scale");
    page.locator("#replicas").fill("2");
    page.locator("form[action$='/scale'] button").first().click();
    assertThat(page.locator("dl.facts")).containsText("2");
    page.navigate("/?q=hello");
    assertThat(page.locator("[data-row]")).hasCount(1);
    page.locator("#q").fill("nothing-like-this");
    press("Apply");
    sees("No environment matches.");
  }

  @Test
  @Order(6)
  void filtersWhileAPersonTypes() {
    signIn("admin");
    page.locator("#q").fill("nothing-like-this");
    sees("No environment matches.");
    assertThat(page.url()).contains("q=nothing-like-this");
    page.locator("#q").fill("hello");
    assertThat(page.locator("[data-row]")).hasCount(1);
  }

  @Test
  @Order(7)
  void showsAReaderWhatThereIsAndNoButtons() {
    signIn("reader");
    page.navigate(ENVIRONMENT);
    sees("serves since");
    assertThat(page.locator("#main a[role=button]")).hasCount(0);
    page.navigate(ENVIRONMENT + "/scale");
    assertThat(page.locator("h1")).hasText("Error 403");
    page.navigate("/settings/acme/hello");
    assertThat(page.locator("h1")).hasText("Error 403");
  }

  @Test
  @Order(8)
  void showsAStrangerNothing() {
    sandbox.github().addUser("stranger", "stranger-of-the-sandbox");
    sandbox.github().createPrivateRepository("closed/shop");
    signIn("stranger");
    page.navigate("/services/closed/shop");
    assertThat(page.locator("h1")).hasText("Error 404");
  }

  @Test
  @Order(9)
  void changesSettingsAndDeletesTheServiceByItsName() {
    signIn("admin");
    page.navigate(ENVIRONMENT);
    press("Settings");
    page.locator("#variables").fill("GREETING=" + HOSTILE);
    page.locator("#secrets").fill("KEY=s3cr3t");
    picture("settings");
    page.locator("form[action$='/settings'] button").first().click();
    sees("GREETING");
    sees(HOSTILE);
    page.navigate("/activity?kind=deployments");
    sees("acme/hello/main");
    page.navigate("/services/acme/hello");
    press("Delete the service");
    page.locator("#confirm").fill("acme/other");
    page.locator("form[action$='/delete'] button").first().click();
    assertThat(page.locator("#refusal")).containsText("Nothing was deleted.");
    page.locator("#confirm").fill("acme/hello");
    page.locator("form[action$='/delete'] button").first().click();
    assertThat(page.locator("#confirm")).hasCount(0);
    page.navigate("/");
    sees("No service yet");
  }

  private void picture(String name) {
    if (Boolean.getBoolean("screenshots")) {
      page.screenshot(
          new Page.ScreenshotOptions().setPath(IMAGES.resolve(name + ".png")).setFullPage(false));
    }
  }
}
