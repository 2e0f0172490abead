package io.cite.sdk.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The golden files are the contract: a change there is a change for every client. With {@code
 * -Dgolden.write=true} the test writes them anew, for review.
 */
class GoldenJsonTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private final JsonMapper plain = JsonMapper.builder().build();
  private final JsonMapper strict =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  @TestFactory
  Stream<DynamicTest> writesAndReadsWhatTheGoldenFileSays() {
    return Examples.all().entrySet().stream()
        .map(example -> dynamicTest(example.getKey(), () -> check(example)));
  }

  private void check(Map.Entry<String, Object> example) throws IOException {
    Path file = GOLDEN.resolve(example.getKey() + ".json");
    if (Boolean.getBoolean("golden.write")) {
      String text = plain.writerWithDefaultPrettyPrinter().writeValueAsString(example.getValue());
      Files.writeString(file, text + "\n");
    }
    JsonNode golden = plain.readTree(Files.readString(file));
    assertThat(plain.readTree(plain.writeValueAsString(example.getValue()))).isEqualTo(golden);
    assertThat((Object) strict.treeToValue(golden, example.getValue().getClass()))
        .isEqualTo(example.getValue());
  }

  @Test
  void everyRecordHasAGoldenFileAndEveryFileARecord() throws Exception {
    assertThat(Examples.all().keySet().stream().map(name -> name.replaceFirst("\\..*", "")))
        .containsAll(recordNames());
    try (Stream<Path> files = Files.list(GOLDEN)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .isNotEmpty()
          .allMatch(name -> Examples.all().containsKey(name.replace(".json", "")));
    }
  }

  private static List<String> recordNames() throws URISyntaxException, IOException {
    Path classes =
        Path.of(ServiceView.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.list(classes.resolve("io/cite/sdk/wire"))) {
      return files
          .map(file -> file.getFileName().toString().replace(".class", ""))
          .filter(name -> !name.endsWith("-info"))
          .filter(GoldenJsonTest::isRecord)
          .toList();
    }
  }

  private static boolean isRecord(String name) {
    try {
      return Class.forName("io.cite.sdk.wire." + name).isRecord();
    } catch (ClassNotFoundException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
