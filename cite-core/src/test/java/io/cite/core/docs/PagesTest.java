package io.cite.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A reader finds every page, and no link leads nowhere. */
class PagesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path INDEX = ROOT.resolve("docs/README.md");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]*)(?:#([^)\\s]+))?\\)");

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      Stream.concat(top, docs).filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
    }
    return pages;
  }

  @Test
  void everyLinkLeadsToAPageThatExistsAndToOneOfItsHeadings() throws IOException {
    Set<String> broken = new TreeSet<>();
    int links = 0;
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        if (link.group(1).contains(":")) {
          continue;
        }
        links++;
        Path target =
            link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
        if (!Files.exists(target)
            || (link.group(2) != null && !headings(target).contains(link.group(2)))) {
          broken.add(ROOT.relativize(page) + " links " + link.group());
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(links).isGreaterThan(80);
  }

  /** The headings of a page, as GitHub makes anchors of them. */
  private static Set<String> headings(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(line -> line.matches("#+ .*"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(java.util.Locale.ROOT))
        .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").strip().replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @Test
  void theIndexLinksEveryPage() throws IOException {
    Set<Path> linked = new TreeSet<>();
    Matcher link = LINK.matcher(Files.readString(INDEX));
    while (link.find()) {
      linked.add(INDEX.resolveSibling(link.group(1)).normalize());
    }
    assertThat(pages())
        .filteredOn(page -> !page.equals(INDEX) && !page.equals(ROOT.resolve("README.md")))
        .filteredOn(page -> !page.toString().matches(".*/adr/\\d.*"))
        .isNotEmpty()
        .allSatisfy(page -> assertThat(linked).contains(page));
    assertThat(Files.readString(ROOT.resolve("docs/adr/README.md")))
        .contains(
            pages().stream()
                .map(page -> page.getFileName().toString())
                .filter(name -> name.matches("\\d{4}-.*"))
                .toList());
  }
}
