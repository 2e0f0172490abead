package io.cite.server.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A class that does not fit on a few screens does more than one thing. */
class SizeTest {
  private static final int MOST_LINES = 300;
  private static final int MOST_LINES_OF_A_TEST = 400;

  private static final List<Path> SOURCES =
      List.of(Path.of("../cite-core/src/main/java"), Path.of("src/main/java"));

  /** Why a class may be longer. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of("InMemoryCluster", "one small memory of what the whole port can be asked for");

  private record Source(String name, long lines) {
    static Source of(Path file) {
      try (Stream<String> lines = Files.lines(file)) {
        return new Source(file.getFileName().toString().replace(".java", ""), lines.count());
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  @Test
  void noTestIsTooLong() throws IOException {
    List<Source> all = new ArrayList<>();
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      for (Path tests :
          modules
              .map(module -> module.resolve("src/test/java"))
              .filter(Files::isDirectory)
              .toList()) {
        try (Stream<Path> files = Files.walk(tests)) {
          files.filter(file -> file.toString().endsWith(".java")).map(Source::of).forEach(all::add);
        }
      }
    }

    assertThat(all).hasSizeGreaterThan(200);
    assertThat(all).filteredOn(source -> source.lines() > MOST_LINES_OF_A_TEST).isEmpty();
  }

  @Test
  void noClassOfTheCoreOrTheServerIsTooLong() throws IOException {
    List<Source> all = new ArrayList<>();
    for (Path sources : SOURCES) {
      try (Stream<Path> files = Files.walk(sources)) {
        files.filter(file -> file.toString().endsWith(".java")).map(Source::of).forEach(all::add);
      }
    }
    all.sort(Comparator.comparingLong(Source::lines).reversed());

    assertThat(all).hasSizeGreaterThan(300);
    assertThat(all)
        .as("the longest classes are %s", all.subList(0, 10))
        .filteredOn(source -> !EXCEPTIONS.containsKey(source.name()))
        .filteredOn(source -> source.lines() > MOST_LINES)
        .isEmpty();
  }
}
