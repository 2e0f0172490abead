package io.cite.server.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.engine.check.Finding;
import io.cite.core.error.ErrorCode;
import io.cite.server.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * All texts that people can see are in one file, so that they are reviewed as a text. A new or
 * changed one makes this test fail until the file is written anew with {@code -Ddocs.write=true}.
 */
class TextsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/texts.txt");
  private static final Path OPENAPI =
      Path.of("src/main/resources/io/cite/server/http/openapi.json");
  private static final List<String> MODULES =
      List.of(
          "cite-core/src/main/java",
          "cite-adapters-etcd/src/main/java",
          "cite-adapters-github/src/main/java",
          "cite-adapters-k8s/src/main/java",
          "cite-server/src/main/java",
          "cite-server/src/sandbox/java/io/cite/server/sandbox/cli",
          "cite-sdk/src/main/java");

  @Test
  void theCatalogueHasEveryText() throws IOException {
    String catalogue = catalogue();
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(GOLDEN, catalogue);
    }
    assertThat(Files.readAllLines(GOLDEN))
        .as("%s: write it anew with -Ddocs.write=true, and read what changed", GOLDEN)
        .containsExactlyElementsOf(catalogue.lines().toList());
  }

  @Test
  void aTextThatIsPutTogetherIsOneText() throws IOException {
    assertThat(SourceTexts.under(Path.of("../cite-core/src/main/java")))
        .extractingByKey("io.cite.core.domain.image.ImageReference")
        .satisfies(texts -> assertThat(texts).anyMatch(text -> text.contains("{}")));
  }

  private static String catalogue() throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("All texts that people can see, by the class that has them. {} is a value.\n");
    section(text, "Error codes", Arrays.stream(ErrorCode.values()).map(ErrorCode::code));
    section(text, "Audited actions", Arrays.stream(AuditAction.values()).map(AuditAction::code));
    section(text, "Kinds of findings", Arrays.stream(Finding.Kind.values()).map(TextsTest::code));
    section(
        text,
        "Configuration keys",
        Configuration.keys().stream().map(key -> key.name() + ": " + key.description()));
    section(text, "HTTP interface (openapi.json)", described().stream());
    for (String module : MODULES) {
      SortedMap<String, NavigableSet<String>> types =
          new TreeMap<>(SourceTexts.under(Path.of("../" + module)));
      types.forEach((type, texts) -> section(text, type, texts.stream()));
    }
    return text.toString();
  }

  private static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void section(StringBuilder text, String title, Stream<String> lines) {
    text.append('\n').append(title).append('\n');
    lines.forEach(line -> text.append("  ").append(line).append('\n'));
  }

  private static NavigableSet<String> described() throws IOException {
    NavigableSet<String> texts = new TreeSet<>();
    JsonNode document = JsonMapper.shared().readTree(Files.readString(OPENAPI));
    for (String name : List.of("title", "summary", "description")) {
      document.findValues(name).stream()
          .filter(JsonNode::isString)
          .map(JsonNode::asString)
          .filter(text -> !text.isBlank())
          .forEach(texts::add);
    }
    return texts;
  }
}
