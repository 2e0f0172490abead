package io.cite.server.web.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service.
 *
 * @param cause why its creation failed or what is missing; null if all is well
 * @param steps how far its creation has come
 * @param actions what the person may do with it
 */
public record ServicePage(
    Heading heading,
    Badge state,
    @Nullable String cause,
    boolean isCreating,
    List<Step> steps,
    List<DashboardPage.Row> environments,
    List<EnvironmentPage.Setting> settings,
    List<Action> actions) {
  public ServicePage {
    steps = List.copyOf(steps);
    environments = List.copyOf(environments);
    settings = List.copyOf(settings);
    actions = List.copyOf(actions);
  }

  /** A step of a creation. */
  public record Step(Badge state, String name, String detail) {}
}
