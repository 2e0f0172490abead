package io.cite.server.web.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of what happened.
 *
 * @param columns their titles
 * @param older the link to the part before; null if there is none
 * @param search what was searched for; null if the list has no search
 */
public record RecordsPage(
    Heading heading,
    String help,
    List<String> columns,
    List<Line> lines,
    String empty,
    @Nullable Link older,
    @Nullable String search) {
  public RecordsPage {
    columns = List.copyOf(columns);
    lines = List.copyOf(lines);
  }

  /**
   * One thing that happened.
   *
   * @param state null if it has none
   * @param link what it is about; null if that has no page
   */
  public record Line(
      @Nullable Moment at, @Nullable Badge state, String what, String text, @Nullable Link link) {}
}
