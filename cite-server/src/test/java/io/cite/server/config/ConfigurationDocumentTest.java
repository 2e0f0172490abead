package io.cite.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationDocumentTest {

  @Test
  void theReferenceDocumentsExactlyTheKeysThereAre() throws IOException {
    List<String> documented =
        Files.readAllLines(Path.of("../docs/configuration.md")).stream()
            .filter(line -> line.startsWith("| `") && line.contains("`CITE_"))
            .toList();
    assertThat(documented)
        .containsExactlyElementsOf(Configuration.keys().stream().map(this::row).toList());
  }

  private String row(ConfigurationKey key) {
    String form = key.choices().isEmpty() ? key.kind().word() : String.join(" \\| ", key.choices());
    String fallback =
        key.required() ? "**required**" : key.fallback() == null ? "" : "`" + key.fallback() + "`";
    return "| `%s` | `%s` | %s | %s | %s |"
        .formatted(key.name(), key.environmentName(), form, fallback, key.description());
  }
}
