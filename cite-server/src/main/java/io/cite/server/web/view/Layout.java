package io.cite.server.web.view;

import io.cite.server.web.text.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every page has around its content.
 *
 * @param person who is signed in; null if nobody is
 * @param csrf what a form repeats
 * @param here the path and query of this page
 * @param theme {@code light}, {@code dark} or {@code auto}
 * @param isLive whether the page's content is kept up to date by a stream
 */
public record Layout(
    Texts t,
    Files files,
    String title,
    @Nullable String person,
    String csrf,
    String here,
    String theme,
    List<Link> navigation,
    boolean isLive) {
  public Layout {
    navigation = List.copyOf(navigation);
  }

  /** Whether this page is the one that a link leads to. */
  public boolean isAt(Link link) {
    return here.equals(link.href()) || here.startsWith(link.href() + "?");
  }

  /** Where the page's files are. */
  public record Files(
      String style, String pico, String script, String htmx, String sse, String icon) {}
}
