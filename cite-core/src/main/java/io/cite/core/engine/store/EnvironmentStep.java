package io.cite.core.engine.store;

import io.cite.core.domain.service.EnvironmentState.Waiting;
import java.time.Instant;
import java.util.Optional;

/**
 * One concern of an environment, such as its builds or its rollouts. Steps are independent of each
 * other: if one is held up by a failing system, the others go on.
 */
public interface EnvironmentStep {

  /**
   * Takes one step forward, if there is one to take now.
   *
   * @return whether something was changed, so that the view has to be read again
   */
  boolean step(EnvironmentSnapshot view);

  /** When it has to check again without any event; empty if only an event can bring work. */
  default Optional<Instant> nextDeadline(EnvironmentSnapshot view) {
    return Optional.empty();
  }

  /** What the step waits for, as far as people have to know; empty if for nothing. */
  default Optional<Waiting> waiting(EnvironmentSnapshot view) {
    return Optional.empty();
  }
}
