package io.cite.server.http;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.engine.store.DeploymentStore;
import io.cite.core.port.LogLine;
import io.cite.core.port.cluster.LogQuery;
import io.cite.core.port.cluster.PodLogs;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.Rollouts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads logs rollout by rollout, that of the newest deployment first. */
final class LoggedRollouts {
  private final DeploymentStore deployments;
  private final Rollouts rollouts;
  private final PodLogs logs;

  LoggedRollouts(DeploymentStore deployments, Rollouts rollouts, PodLogs logs) {
    this.deployments = deployments;
    this.rollouts = rollouts;
    this.logs = logs;
  }

  /** The logs themselves. */
  PodLogs logs() {
    return logs;
  }

  /**
   * The last lines of the environment's pods: those of the newest deployment first, and of each
   * deployment the oldest line first.
   *
   * @param withRetired whether pods of retired deployments count too
   * @param query how many lines to read of each rollout, and of which time
   * @param wanted which of them to return
   * @param most at most so many in all
   */
  List<LogLine> read(
      EnvironmentId environment,
      boolean withRetired,
      LogQuery query,
      Predicate<LogLine> wanted,
      int most) {
    List<LogLine> lines = new ArrayList<>();
    for (RolloutId rollout : of(environment, withRetired)) {
      int left = most - lines.size();
      if (left == 0) {
        break;
      }
      List<LogLine> found = logs.read(environment, rollout, query).stream().filter(wanted).toList();
      lines.addAll(found.subList(Math.max(0, found.size() - left), found.size()));
    }
    return lines;
  }

  /** The rollouts to read, that of the newest deployment first. */
  private Collection<RolloutId> of(EnvironmentId environment, boolean withRetired) {
    Set<RolloutId> wanted = current(environment);
    if (withRetired) {
      rollouts.list(environment).stream()
          .sorted(Comparator.comparingLong(RolloutId::seq).reversed())
          .forEach(wanted::add);
    }
    return wanted;
  }

  private Set<RolloutId> current(EnvironmentId environment) {
    return deployments.of(environment).stream()
        .filter(
            deployment ->
                deployment.state() == DeploymentState.LIVE || deployment.state().isUnderWay())
        .sorted(Comparator.comparingLong(Deployment::seq).reversed())
        .map(deployment -> new RolloutId(environment, deployment.rolloutSeq()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Tells lines of retired rollouts, those that there are now, by the names of their pods. */
  Predicate<LogLine> retired(EnvironmentId environment) {
    Set<RolloutId> current = current(environment);
    List<String> pods =
        rollouts.list(environment).stream()
            .filter(rollout -> !current.contains(rollout))
            .map(rollout -> rollout.name() + "-")
            .toList();
    return line -> pods.stream().anyMatch(line.pod()::startsWith);
  }
}
