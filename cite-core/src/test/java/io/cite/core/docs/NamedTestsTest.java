package io.cite.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A page that names a test as proof names one that is there. */
class NamedTestsTest {
  private static final Pattern NAMED =
      Pattern.compile("`([A-Z]\\w*(?:Test|Contract|[a-z]IT))(?:\\.(\\w+))?`");

  @Test
  void findsEveryTestThatAPageNames() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      for (Path module : modules.filter(m -> Files.isDirectory(m.resolve("src/test"))).toList()) {
        for (Path file : below(module.resolve("src/test"), ".java")) {
          sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
        }
      }
    }
    Set<String> missing = new TreeSet<>();
    int named = 0;
    List<Path> pages = new ArrayList<>(below(Path.of("..", "docs"), ".md"));
    pages.add(Path.of("..", "CONTRIBUTING.md"));
    for (Path page : pages) {
      Matcher matcher = NAMED.matcher(Files.readString(page));
      while (matcher.find()) {
        named++;
        String source = sources.get(matcher.group(1));
        String method = matcher.group(2);
        if (source == null || (method != null && !source.contains("void " + method + "("))) {
          missing.add(page.getFileName() + " names " + matcher.group());
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(named).isGreaterThan(20);
  }

  private static List<Path> below(Path folder, String ending) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }
}
