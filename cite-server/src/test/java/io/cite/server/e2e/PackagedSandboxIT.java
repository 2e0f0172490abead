package io.cite.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.server.fixture.CiteProcess;
import io.cite.server.fixture.JsonClient;
import io.cite.server.fixture.ServerKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sandbox as it is packaged: a jar beside the server's, with libraries of its own. */
class PackagedSandboxIT {
  private static final Path TARGET = Path.of("target");
  private static final String TEMPLATES = "gg/jte/generated/precompiled/";
  private static final Path SERVER = TARGET.resolve("cite-server.jar");
  private static final Path LIBRARIES = TARGET.resolve("lib");
  private static final Path SANDBOX = TARGET.resolve("cite-server-sandbox.jar");
  private static final Path SANDBOX_LIBRARIES = TARGET.resolve("lib-sandbox");
  private static final String SANDBOX_ONLY = ".*(jgit|mock|vertx-web).*";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @TempDir private Path folder = Path.of(".");

  @Test
  void productionHasNoLibraryOfTheSandbox() throws IOException {
    List<String> libraries = files(LIBRARIES);
    assertThat(libraries).isNotEmpty().noneMatch(name -> name.matches(SANDBOX_ONLY));
    assertThat(files(SANDBOX_LIBRARIES))
        .anyMatch(name -> name.matches(SANDBOX_ONLY))
        .doesNotContainAnyElementsOf(libraries);
    try (JarFile jar = new JarFile(SERVER.toFile())) {
      String path = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      assertThat(Arrays.stream(path.split(" ")).sorted())
          .as("the class path of the server's jar")
          .containsExactlyElementsOf(libraries.stream().map(name -> "lib/" + name).toList());
    }
  }

  @Test
  void eachJarHasItsOwnPackages() throws IOException {
    assertThat(classes(SERVER))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("io/cite/server/") || name.startsWith(TEMPLATES))
        .noneMatch(name -> name.startsWith("io/cite/server/sandbox/"));
    assertThat(classes(SANDBOX))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("io/cite/server/sandbox/"))
        .noneMatch(name -> name.endsWith("Test.class") || name.endsWith("IT.class"));
  }

  @Test
  void withoutItsJarTheCommandSaysWhatIsMissing() throws IOException {
    Path home = Files.createDirectories(folder.resolve("production")).toRealPath();
    Path server = Files.copy(SERVER, home.resolve("cite-server.jar"));
    Files.createSymbolicLink(home.resolve("lib"), LIBRARIES.toAbsolutePath());

    assertThat(refusal(server, "sandbox", "--port", "0"))
        .contains("The command 'sandbox' needs cite-server-sandbox.jar")
        .contains(home.resolve("cite-server-sandbox.jar") + " does not exist.")
        .doesNotContain("Exception");

    Files.copy(SANDBOX, home.resolve("cite-server-sandbox.jar"));

    assertThat(refusal(server, "sandbox-github"))
        .contains("The command 'sandbox-github' needs")
        .contains(home.resolve("lib-sandbox") + " does not exist.");
  }

  private static String refusal(Path server, String... arguments) {
    try (CiteProcess process = CiteProcess.start(server, "no-sandbox", Map.of(), arguments)) {
      assertThat(process.exitStatus()).as(process.output()).isEqualTo(1);
      return process.output();
    }
  }

  @Test
  void keepsWhatIsLiveOverARestart() throws IOException {
    // the hooks at GitHub name CITE and Buildbot by their ports
    int port = ServerKeys.freePorts(4);
    String first;
    long seq;
    try (Running sandbox = new Running(folder, port)) {
      sandbox.cite().post("/v1/services", Map.of("repository", "acme/hello")).expect(202);
      await()
          .atMost(TIMEOUT)
          .until(
              () -> sandbox.read("/v1/services/acme/hello").path("state").asString(),
              "READY"::equals);
      first = sandbox.push("hello");
      sandbox.awaitLive(first);
      seq = sandbox.read(Running.ENVIRONMENT).at("/live/seq").asLong();
    }
    try (Running sandbox = new Running(folder, port)) {
      sandbox.awaitLive(first);
      sandbox.awaitLive(sandbox.push("again"));
      // the pods and the image of the first deployment are still there
      sandbox
          .cite()
          .post(Running.ENVIRONMENT + "/deployments/" + seq + "/activate", Map.of())
          .expect(202);
      sandbox.awaitLive(first);
    }
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static List<String> classes(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      return jar.stream().map(Object::toString).filter(name -> name.endsWith(".class")).toList();
    }
  }

  /** A sandbox that runs as a process of its own. */
  private static final class Running implements AutoCloseable {
    private static final String ENVIRONMENT = "/v1/services/acme/hello/environments/main";

    private final CiteProcess process;
    private final JsonClient cite;
    private final JsonClient github;

    Running(Path folder, int port) throws IOException {
      Path ready = folder.resolve("ready.json");
      Files.deleteIfExists(ready);
      process =
          CiteProcess.start(
              "sandbox",
              Map.of(),
              "sandbox",
              "--port",
              Integer.toString(port),
              "--data",
              folder.resolve("data").toString(),
              "--ready-file",
              ready.toString());
      process.awaiting(() -> Files.exists(ready));
      JsonNode facts = JsonMapper.shared().readTree(Files.readString(ready));
      String token = facts.path("token").asString();
      cite = new JsonClient(URI.create(facts.path("cite").asString()), token);
      github = new JsonClient(URI.create(facts.path("github").asString()), token);
    }

    JsonClient cite() {
      return cite;
    }

    JsonNode read(String path) {
      return cite.get(path).expect(200).json();
    }

    /** Commits a file with this name to the branch main; the commit's id. */
    String push(String name) {
      String content = Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
      return github
          .send(
              "PUT",
              "/repos/acme/hello/contents/" + name + ".txt",
              JsonMapper.shared()
                  .writeValueAsString(
                      Map.of("message", "Add " + name, "content", content, "branch", "main")),
              Map.of())
          .expect(201)
          .json()
          .path("commit")
          .path("sha")
          .asString();
    }

    void awaitLive(String commit) {
      await()
          .atMost(TIMEOUT)
          .untilAsserted(
              () -> {
                JsonNode environment = read(ENVIRONMENT);
                assertThat(environment.path("state").asString())
                    .as(environment.toPrettyString())
                    .isEqualTo("LIVE");
                assertThat(environment.path("live").path("commit").asString()).isEqualTo(commit);
              });
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
