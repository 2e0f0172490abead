package io.cite.core.engine;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceSettings;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Everything stored of an environment, read in one go. */
record EnvironmentView(
    EnvironmentId id,
    Stored<ServiceSettings> service,
    Stored<EnvironmentSettings> settings,
    Stored<EnvironmentState> state,
    List<Stored<Build>> builds,
    List<Stored<Deployment>> deployments) {

  /** Reads an environment; empty where it does not exist (yet or any more) or is to go. */
  static Optional<EnvironmentView> read(Records records, EnvironmentId id) {
    Optional<Stored<EnvironmentState>> state = records.get(Keys.environmentState(id));
    Optional<Stored<EnvironmentSettings>> settings = records.get(Keys.environment(id));
    Optional<Stored<ServiceSettings>> service = records.get(Keys.service(id.service()));
    if (state.isEmpty()
        || state.get().value().deleting()
        || settings.isEmpty()
        || service.isEmpty()) {
      return Optional.empty();
    }
    List<Stored<Build>> builds =
        records.list(Keys.buildsOf(id)).stream()
            .sorted(Comparator.comparingLong(b -> b.value().number()))
            .toList();
    List<Stored<Deployment>> deployments =
        records.list(Keys.deploymentsOf(id)).stream()
            .sorted(Comparator.comparingLong(d -> d.value().seq()))
            .toList();
    return Optional.of(
        new EnvironmentView(id, service.get(), settings.get(), state.get(), builds, deployments));
  }

  /** The deployment that should become live: the newest one under way. */
  Optional<Stored<Deployment>> candidate() {
    return deployments.stream()
        .filter(d -> d.value().state().isUnderWay())
        .reduce((first, second) -> second);
  }

  /** The newest deployment that has the traffic or is on its way to it. */
  Optional<Deployment> newestStanding() {
    return deployments.stream()
        .map(Stored::value)
        .filter(
            d ->
                d.state().isUnderWay()
                    || d.state() == io.cite.core.domain.deploy.DeploymentState.LIVE)
        .reduce((first, second) -> second);
  }

  /** The deployment with this number. */
  Optional<Stored<Deployment>> deployment(long seq) {
    return deployments.stream().filter(d -> d.value().seq() == seq).findFirst();
  }
}
