package io.cite.server.web.view;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service to be created.
 *
 * @param values what was typed so far, by the name of its field
 * @param plan every change that would be made; empty before it was asked for
 * @param refusal why it cannot be created; null if it can
 */
public record NewServicePage(
    Map<String, String> values, List<Change> plan, @Nullable String refusal) {
  public NewServicePage {
    values = Map.copyOf(values);
    plan = List.copyOf(plan);
  }

  /** What was typed into a field. */
  public String value(String field) {
    return values.getOrDefault(field, "");
  }

  /** One change. */
  public record Change(String step, String action, String target) {}
}
