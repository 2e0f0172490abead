package io.cite.server.web.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All environments that a person sees.
 *
 * @param search what was searched for
 * @param filter the name of the status that is shown alone; empty for all
 * @param sort by what the lines are sorted
 * @param filters one for each status that there is, with its number
 * @param isEmpty whether the person sees no environment at all
 * @param mayCreate whether the way to a new service is shown
 */
public record DashboardPage(
    String search,
    String filter,
    String sort,
    List<Filter> filters,
    List<Row> rows,
    boolean isEmpty,
    boolean mayCreate,
    Pager pager) {
  public DashboardPage {
    filters = List.copyOf(filters);
    rows = List.copyOf(rows);
  }

  /** A number of environments, and the link that shows only these. */
  public record Filter(String href, String text, int count, boolean isChosen) {}

  /**
   * One environment.
   *
   * @param live the commit that serves; null before the first
   * @param since when it went live
   * @param progress what is under way; null if nothing is
   * @param failure why something did not work; null if all did
   */
  public record Row(
      String service,
      String branch,
      String href,
      Badge status,
      @Nullable String live,
      @Nullable Moment since,
      @Nullable Progress progress,
      @Nullable String failure) {}
}
