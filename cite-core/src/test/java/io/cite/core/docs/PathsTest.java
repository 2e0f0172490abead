package io.cite.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PathsTest {
  @Test
  void theCoreKnowsNoPathOfAServer() throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      sources = files.filter(file -> file.toString().endsWith(".java")).toList();
    }

    assertThat(sources)
        .hasSizeGreaterThan(100)
        .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("/v1/"));
  }
}
