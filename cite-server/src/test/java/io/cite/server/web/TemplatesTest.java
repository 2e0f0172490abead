package io.cite.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the templates may not have: what a strict content policy refuses, and texts. */
class TemplatesTest {
  private static final Path TEMPLATES = Path.of("src/main/jte");
  private static final Pattern HIDDEN =
      Pattern.compile(
          "(?s)<%--.*?--%>|@(import|param|template\\.\\w+|if|elseif|for)\\b[^\\n]*|@(else|endif|endfor|endraw)|!\\{[^\\n]*}"
              + "|\\$\\{[^}]*}[^\\n<]*?\\)}|\\$\\{[^}]*}|<pre><code>.*?</code></pre>|<[^>]*>");
  private static final Pattern NAME = Pattern.compile("CITE|OAuth");

  private static Map<String, String> templates() throws IOException {
    Map<String, String> templates = new TreeMap<>();
    try (Stream<Path> files = Files.walk(TEMPLATES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        templates.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertThat(templates).containsKey("layout.jte");
    return templates;
  }

  @Test
  void escapeEveryValue() throws IOException {
    templates().forEach((name, text) -> assertThat(text).as(name).doesNotContain("$unsafe"));
  }

  @Test
  void haveNoScriptOrStyleOfTheirOwn() throws IOException {
    List<String> refused =
        List.of(
            "style=", "<style", "hx-on", "hx-vals='js", "hx-vals=\"js", "javascript:", "onclick");
    templates()
        .forEach(
            (name, text) -> {
              assertThat(text).as(name).doesNotContain(refused.toArray(String[]::new));
              assertThat(text.replaceAll("<script src=\"[^\"]+\" defer></script>", ""))
                  .as(name)
                  .doesNotContain("<script");
              assertThat(text).as(name).doesNotContainPattern("hx-trigger=\"[^\"]*\\[");
            });
  }

  @Test
  void haveNoTextOfTheirOwn() throws IOException {
    templates()
        .forEach(
            (name, text) -> {
              String rest = NAME.matcher(HIDDEN.matcher(text).replaceAll(" ")).replaceAll(" ");
              assertThat(rest).as(name).doesNotContainPattern("\\p{L}{2,}");
            });
  }

  @Test
  void everyFormThatChangesSomethingRepeatsTheToken() throws IOException {
    templates()
        .forEach(
            (name, text) -> {
              for (String form : text.split("<form ")) {
                boolean changes =
                    form.startsWith("method=\"post\"")
                        && !form.contains("action=\"/preferences\"")
                        && !form.contains("action=\"/login\"");
                if (changes) {
                  assertThat(form).as(name).contains("name=\"csrf\"");
                }
              }
            });
  }

  @Test
  void scriptAndStyleStaySmall() throws IOException {
    Path resources = Path.of("src/main/resources/io/cite/server/web");
    assertThat(Files.readAllLines(resources.resolve("cite.js"))).hasSizeLessThanOrEqualTo(200);
    assertThat(Files.readAllLines(resources.resolve("cite.css"))).hasSizeLessThanOrEqualTo(500);
  }
}
