package io.cite.server.web.view;

import java.util.List;

/**
 * Builds and deployments of all environments, the newest first.
 *
 * @param kind which of them are shown; empty for all
 * @param columns the titles of the columns
 */
public record ActivityPage(
    Heading heading,
    String search,
    String kind,
    List<DashboardPage.Filter> filters,
    List<String> columns,
    List<RecordsPage.Line> lines) {
  public ActivityPage {
    filters = List.copyOf(filters);
    columns = List.copyOf(columns);
    lines = List.copyOf(lines);
  }
}
