package io.cite.core.engine.environment;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.store.EnvironmentSnapshot;
import io.cite.core.engine.store.EnvironmentStep;
import io.cite.core.port.InstantSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the records of builds and deployments that ended long ago. Kept are the newest ones, and
 * all that is still used: what is live or under way, what has a rollout in the cluster or a report
 * to make, the builds of kept deployments, and the builds of the branch's head. Whenever the leader
 * visits the environment, it deletes what has become old enough.
 */
public final class HistoryRetention implements EnvironmentStep {
  /** How many builds and how many deployments are kept, however old they are. */
  public static final int NEWEST = 20;

  private static final int AT_ONCE = 40;

  private final Records records;
  private final InstantSource clock;
  private final Duration keep;

  /**
   * A step that works on these records.
   *
   * @param keep how long builds and deployments are kept after their end
   */
  public HistoryRetention(Records records, InstantSource clock, Duration keep) {
    this.records = records;
    this.clock = clock;
    this.keep = keep;
  }

  @Override
  public boolean step(EnvironmentSnapshot view) {
    Instant limit = clock.instant().minus(keep);
    List<Versioned<Deployment>> deployments = new ArrayList<>();
    Set<@Nullable Long> deployed = new HashSet<>();
    for (Versioned<Deployment> stored : view.deployments()) {
      if (isForgettable(view, stored.value(), limit)) {
        deployments.add(stored);
      } else {
        deployed.add(stored.value().identity().build());
      }
    }
    Stream<Versioned<Build>> builds =
        view.builds().stream()
            .filter(build -> !deployed.contains(build.value().number()))
            .filter(build -> isForgettable(view, build.value(), limit));
    List<Versioned<?>> old =
        Stream.<Versioned<?>>concat(deployments.stream(), builds).limit(AT_ONCE).toList();
    if (old.isEmpty()) {
      return false;
    }
    Records.Write write = records.write().require(view.state());
    old.forEach(write::delete);
    write.commitOrRetry();
    return true;
  }

  private static boolean isForgettable(EnvironmentSnapshot view, Deployment d, Instant limit) {
    return isBefore(d.timeline().endedAt(), limit)
        && d.seq() <= view.state().value().lastSeq() - NEWEST
        && !d.state().isUnderWay()
        && d.state() != DeploymentState.LIVE
        && !d.rollout().mayExist()
        && !d.isReportPending()
        && view.deployments().stream()
            .map(Versioned::value)
            .filter(other -> other.rolloutSeq() == d.seq())
            .noneMatch(other -> other.rollout().mayExist());
  }

  private static boolean isForgettable(EnvironmentSnapshot view, Build build, Instant limit) {
    return isBefore(build.times().endedAt(), limit)
        && build.number() <= view.state().value().lastBuild() - NEWEST
        && build.state().isFinal()
        && !build.commit().equals(view.state().value().head());
  }

  private static boolean isBefore(@Nullable Instant time, Instant limit) {
    return time != null && time.isBefore(limit);
  }
}
