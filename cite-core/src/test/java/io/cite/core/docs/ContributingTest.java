package io.cite.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The map for contributors shows the packages that are there, and no others. */
class ContributingTest {
  private static final Path ROOT = Path.of("..");
  private static final Path CORE = Path.of("src", "main", "java", "io", "cite", "core");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern NAMES = Pattern.compile("([a-z.]+)\\.\\{([a-z,]+)}");

  @Test
  void showsEveryPackageOfTheCore() throws IOException {
    Set<String> shown = new TreeSet<>();
    for (String row : rowsAfter("Inside the core")) {
      for (String name : quoted(row.split("\\|", -1)[1])) {
        Matcher several = NAMES.matcher(name);
        if (several.matches()) {
          Stream.of(several.group(2).split(",", -1))
              .forEach(part -> shown.add(several.group(1) + "." + part));
        } else {
          shown.add(name);
        }
      }
    }

    Set<String> there = new TreeSet<>();
    try (Stream<Path> files = Files.walk(CORE, 3)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .map(file -> CORE.relativize(file.getParent()).toString().replace('\\', '.'))
          .map(name -> name.isEmpty() ? Rooms.TOP : name.replace('/', '.'))
          .forEach(there::add);
    }
    assertThat(shown).isEqualTo(there);
  }

  @Test
  void showsEveryModule() throws IOException {
    String rows = String.join("", rowsAfter("The map"));
    try (Stream<Path> folders = Files.list(ROOT)) {
      assertThat(folders.filter(folder -> Files.exists(folder.resolve("pom.xml"))))
          .filteredOn(folder -> Files.isDirectory(folder.resolve("src")))
          .isNotEmpty()
          .allSatisfy(module -> assertThat(quoted(rows)).contains(module.getFileName().toString()));
    }
  }

  /** The rows of the first table after these words. */
  private static List<String> rowsAfter(String words) throws IOException {
    String page = Files.readString(ROOT.resolve("CONTRIBUTING.md"));
    assertThat(page).contains(words);
    return page.substring(page.indexOf(words))
        .lines()
        .dropWhile(line -> !line.startsWith("|---"))
        .skip(1)
        .takeWhile(line -> line.startsWith("|"))
        .toList();
  }

  private static List<String> quoted(String text) {
    return QUOTED.matcher(text).results().map(found -> found.group(1)).toList();
  }
}
