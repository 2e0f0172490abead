package io.cite.server.web.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why something failed.
 *
 * @param users whether people noticed, in a sentence; null if nobody can have
 * @param podReason Kubernetes' word; null if there is none
 * @param log the end of a log; empty if there is none
 * @param action the button that helps; null if the person may not press it
 */
public record Failure(
    String title,
    String cause,
    @Nullable String users,
    @Nullable String podReason,
    List<String> events,
    String log,
    @Nullable Link page,
    @Nullable Action action) {
  public Failure {
    events = List.copyOf(events);
  }
}
