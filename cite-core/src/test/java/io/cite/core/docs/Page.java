package io.cite.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page under {@code docs/} with parts that are generated: each lies between a line {@code <!--
 * generated: NAME -->} and a line {@code <!-- end -->}. With {@code -Ddocs.write=true} the parts
 * are written instead of compared.
 */
final class Page {
  private final Path path;

  Page(String name) {
    this.path = Path.of("..", "docs", name);
  }

  /** Requires that the part is exactly this text. */
  void holds(String part, String text) throws IOException {
    String page = Files.readString(path).replace("\r\n", "\n");
    String begin = "<!-- generated: " + part + " -->\n";
    int from = page.indexOf(begin);
    assertThat(from).as("%s has a part %s", path, part).isNotNegative();
    from += begin.length();
    int to = page.indexOf("<!-- end -->", from);
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(path, page.substring(0, from) + text + page.substring(to));
    } else {
      assertThat(page.substring(from, to))
          .as("%s: write it anew with -Ddocs.write=true", path)
          .isEqualTo(text);
    }
  }
}
