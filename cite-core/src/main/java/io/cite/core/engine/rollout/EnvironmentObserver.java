package io.cite.core.engine.rollout;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.EnvironmentState.Observed;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.store.EnvironmentSnapshot;
import io.cite.core.engine.store.EnvironmentStep;
import io.cite.core.port.InstantSource;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.Rollouts;
import io.cite.core.port.cluster.TrafficRouter;
import java.util.Optional;

/**
 * Keeps with an environment what the cluster says of it: the ready pods of what is live, and the
 * address. Whoever reads the environment reads this, so reading needs no cluster.
 */
public final class EnvironmentObserver implements EnvironmentStep {
  private final Records records;
  private final Rollouts rollouts;
  private final TrafficRouter router;
  private final InstantSource clock;

  /** A step that works on these records. */
  public EnvironmentObserver(
      Records records, Rollouts rollouts, TrafficRouter router, InstantSource clock) {
    this.records = records;
    this.rollouts = rollouts;
    this.router = router;
    this.clock = clock;
  }

  @Override
  public boolean step(EnvironmentSnapshot view) {
    EnvironmentState state = view.state().value();
    if (state.setup() != null) {
      return false;
    }
    Observed now = observe(view);
    Observed before = state.observed();
    if (before != null && before.saysTheSame(now)) {
      return false;
    }
    records.write().replace(view.state(), state.withObserved(now)).commitOrRetry();
    return true;
  }

  private Observed observe(EnvironmentSnapshot view) {
    Long live = view.state().value().live();
    long rollout =
        live == null
            ? 0
            : view.deployment(live).map(Versioned::value).map(Deployment::rolloutSeq).orElse(0L);
    int ready = rollout == 0 ? 0 : rollouts.observe(new RolloutId(view.id(), rollout)).ready();
    Optional<String> url = router.address(view.id());
    return new Observed(rollout, ready, url.orElse(null), clock.instant());
  }
}
