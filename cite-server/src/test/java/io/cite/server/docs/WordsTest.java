package io.cite.server.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * CITE uses the words of its field. The words and names that it avoids are in {@code
 * src/test/resources/words}, with what is written instead; no text of the project has one of them.
 */
class WordsTest {
  private static final Path LISTS = Path.of("src/test/resources/words");
  private static final Pattern CAMEL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private record Avoided(Pattern pattern, String instead) {
    static Avoided parse(String line) {
      int arrow = line.lastIndexOf(" -> ");
      return new Avoided(Pattern.compile(line.substring(0, arrow)), line.substring(arrow + 4));
    }
  }

  private record Allowed(Pattern path, Pattern text, String reason) {
    static Allowed parse(String line) {
      String[] parts = line.split(" \\| ", 3);
      return new Allowed(Pattern.compile(parts[0]), Pattern.compile(parts[1]), parts[2]);
    }

    boolean allows(String file, String line) {
      return path.matcher(file).matches() && text.matcher(line).find();
    }
  }

  private final List<Avoided> names = list("names.txt").stream().map(Avoided::parse).toList();
  private final List<Avoided> words = list("words.txt").stream().map(Avoided::parse).toList();
  private final List<Allowed> allowed =
      list("exceptions.txt").stream().map(Allowed::parse).toList();
  private final Set<Allowed> needed = new LinkedHashSet<>();

  private static List<String> list(String name) {
    try {
      return Files.readAllLines(LISTS.resolve(name)).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void noTextOfTheProjectHasAWordThatItAvoids() throws IOException {
    Map<String, List<String>> texts = ProjectTexts.read();
    assertThat(texts)
        .containsKeys(
            "README.md",
            "pom.xml",
            "docs/architecture.md",
            "cite-core/src/main/java/io/cite/core/engine/Engine.java",
            "cite-server/src/main/resources/io/cite/server/http/openapi.json");
    List<String> found = new ArrayList<>();
    texts.forEach(
        (file, lines) -> {
          check(file, file, file, found);
          for (int i = 0; i < lines.size(); i++) {
            check(file, file + ":" + (i + 1), lines.get(i), found);
          }
        });
    assertThat(found).as("words that CITE does not use").isEmpty();
    assertThat(needed)
        .as("exceptions that are needed")
        .containsExactlyInAnyOrderElementsOf(allowed);
  }

  static List<String> former() {
    return list("former.txt");
  }

  @ParameterizedTest
  @MethodSource("former")
  void findsWhatTheGlossaryReplaced(String former) {
    List<String> found = new ArrayList<>();
    check("A.java", "A.java:1", former, found);
    assertThat(found).isNotEmpty();
  }

  @Test
  void namesOfCodeAreReadWordByWord() {
    List<String> found = new ArrayList<>();
    check("A.java", "A.java:1", "void endedInVain(int DELIVERY_PATIENCE)", found);
    check("A.java", "A.java:2", "class TermOfOffice", found);
    check("A.java", "A.java:3", "a lookup, the outlook, a look-up of bread", found);
    assertThat(found)
        .containsExactly(
            "A.java:1: 'endedInVain'; write isUnsuccessful, hasNoEndpoints, withCause",
            "A.java:1: 'PATIENCE'; write timeout",
            "A.java:1: 'In Vain'; write without success",
            "A.java:2: 'TermOfOffice'; write LeadershipTerm",
            "A.java:3: 'look'; write check, read");
  }

  private void check(String file, String place, String line, List<String> found) {
    find(names, file, place, line, line, found);
    String split = CAMEL.matcher(line).replaceAll(" ").replace('_', ' ');
    find(words, file, place, line, split, found);
  }

  private void find(
      List<Avoided> avoided,
      String file,
      String place,
      String line,
      String read,
      List<String> found) {
    for (Avoided one : avoided) {
      Matcher matcher = one.pattern().matcher(read);
      if (matcher.find()) {
        List<Allowed> exceptions =
            allowed.stream().filter(exception -> exception.allows(file, line)).toList();
        needed.addAll(exceptions);
        if (exceptions.isEmpty()) {
          found.add(place + ": '" + matcher.group() + "'; write " + one.instead());
        }
      }
    }
  }
}
