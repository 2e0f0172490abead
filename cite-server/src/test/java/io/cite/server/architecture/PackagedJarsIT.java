package io.cite.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.contract.Servers;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the packaged jars promise to those who put them on a class path or a module path. */
class PackagedJarsIT {

  private static final Path TARGET = Path.of("target");

  /** (licence) name (group:artifact:version - address). */
  private static final Pattern LICENSED =
      Pattern.compile(
          "^ +\\([^\\s)].*\\([\\w.-]+:([\\w.-]+):([\\w.-]+) - .*\\)$", Pattern.MULTILINE);

  @Test
  void namesTheModuleOfEveryJar() throws Exception {
    assertThat(modules(TARGET)).containsExactly("io.cite.server", "io.cite.server.sandbox");
    assertThat(modules(TARGET.resolve("lib")))
        .containsExactly(
            "io.cite.adapters.etcd",
            "io.cite.adapters.github",
            "io.cite.adapters.k8s",
            "io.cite.core",
            "io.cite.sdk");
    assertThat(names(contractKit())).containsExactly("io.cite.core.contract");
  }

  @Test
  void holdsNothingButTheContractsInTheContractKit() throws Exception {
    try (JarFile kit = new JarFile(contractKit().toFile())) {
      assertThat(kit.stream().filter(entry -> !entry.isDirectory()).map(entry -> entry.getName()))
          .filteredOn(name -> !name.startsWith("META-INF/"))
          .isNotEmpty()
          .allMatch(name -> name.startsWith("io/cite/core/contract/"));
    }
  }

  @Test
  void namesTheLicenceOfEveryLibraryInTheJarThatLoadsIt() throws Exception {
    assertThat(licensed("cite-server.jar")).containsExactlyElementsOf(libraries("lib"));
    assertThat(licensed("cite-server-sandbox.jar"))
        .containsExactlyElementsOf(libraries("lib-sandbox"));
  }

  @Test
  void isAsLargeAsTheDocumentsSay() throws Exception {
    assertThat(Files.readString(Path.of("..", "docs", "operations.md")))
        .contains(row("lib"), row("lib-sandbox"));
  }

  /** What the table of the document says about a directory. */
  private static String row(String directory) throws IOException {
    try (Stream<Path> files = Files.list(TARGET.resolve(directory))) {
      List<Path> jars = files.toList();
      long bytes = 0;
      for (Path jar : jars) {
        bytes += Files.size(jar);
      }
      return "| `%s/` | %d | %d MB |".formatted(directory, jars.size(), bytes / 1_000_000);
    }
  }

  /** The names of the jars in a directory. */
  private static List<String> libraries(String directory) throws IOException {
    try (Stream<Path> files = Files.list(TARGET.resolve(directory))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** The libraries that the third-party notice in a jar gives a licence for. */
  private static List<String> licensed(String jar) throws IOException {
    try (JarFile file = new JarFile(TARGET.resolve(jar).toFile())) {
      JarEntry notice = file.getJarEntry("META-INF/THIRD-PARTY.txt");
      assertThat(notice).as("the third-party notice in " + jar).isNotNull();
      String text = new String(file.getInputStream(notice).readAllBytes(), StandardCharsets.UTF_8);
      return LICENSED
          .matcher(text)
          .results()
          .map(library -> library.group(1) + "-" + library.group(2) + ".jar")
          .sorted()
          .toList();
    }
  }

  private static Path contractKit() throws Exception {
    return Path.of(Servers.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** The module names of CITE's jars in a directory, other than jars of sources and Javadoc. */
  private static List<String> modules(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return names(
          files
              .filter(file -> file.getFileName().toString().matches("cite-.*\\.jar"))
              .filter(file -> !file.toString().matches(".*-(sources|javadoc)\\.jar"))
              .toArray(Path[]::new));
    }
  }

  private static List<String> names(Path... jars) {
    return ModuleFinder.of(jars).findAll().stream()
        .map(module -> module.descriptor().name())
        .sorted()
        .toList();
  }
}
