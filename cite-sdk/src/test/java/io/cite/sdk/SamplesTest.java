package io.cite.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private static final Pattern SAMPLE =
      Pattern.compile("// sample: \\w+\\R(.*?)\\s*// end", Pattern.DOTALL);
  private static final Pattern BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

  @Test
  void theGuideShowsExactlyTheCodeThatCompilesHere() throws IOException {
    List<String> compiled = find(SAMPLE, Path.of("src/test/java/io/cite/sdk/Samples.java"));
    List<String> shown = find(BLOCK, Path.of("../docs/sdk.md"));
    assertThat(shown).isNotEmpty().containsExactlyElementsOf(compiled);
  }

  private static List<String> find(Pattern pattern, Path file) throws IOException {
    return pattern
        .matcher(Files.readString(file))
        .results()
        .map(found -> found.group(1).stripIndent().strip())
        .toList();
  }
}
