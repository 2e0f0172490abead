package io.cite.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.contract.Servers;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the packaged jars promise to those who put them on a class path or a module path. */
class PackagedJarsIT {

  private static final Path TARGET = Path.of("target");

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
