package io.cite.server.web.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A deployment.
 *
 * @param steps what happened, the oldest first
 * @param action what can be done with it; null if nothing can
 */
public record DeploymentPage(
    Heading heading,
    Badge state,
    @Nullable Progress progress,
    List<EnvironmentPage.Setting> facts,
    List<Step> steps,
    @Nullable Failure failure,
    @Nullable Action action) {
  public DeploymentPage {
    facts = List.copyOf(facts);
    steps = List.copyOf(steps);
  }

  /**
   * One thing that happened.
   *
   * @param took how long after the one before; empty for the first
   */
  public record Step(Badge state, Moment at, String text, String took) {}
}
