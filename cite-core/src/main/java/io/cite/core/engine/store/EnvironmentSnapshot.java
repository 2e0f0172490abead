package io.cite.core.engine.store;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything stored of an environment, read in one go. */
public record EnvironmentSnapshot(
    EnvironmentId id,
    Versioned<ServiceSettings> service,
    Versioned<EnvironmentSettings> settings,
    Versioned<EnvironmentState> state,
    List<Versioned<Build>> builds,
    List<Versioned<Deployment>> deployments) {

  /** Reads an environment; empty if it does not exist (yet or any more) or is to go. */
  public static Optional<EnvironmentSnapshot> read(Records records, EnvironmentId id) {
    return records.get(Keys.environmentState(id)).flatMap(state -> read(records, id, state));
  }

  /** Reads the rest of an environment whose state was read just now. */
  public static Optional<EnvironmentSnapshot> read(
      Records records, EnvironmentId id, Versioned<EnvironmentState> state) {
    Optional<Versioned<EnvironmentSettings>> settings = records.get(Keys.environment(id));
    Optional<Versioned<ServiceSettings>> service = records.get(Keys.service(id.service()));
    if (state.value().deleting() || settings.isEmpty() || service.isEmpty()) {
      return Optional.empty();
    }
    List<Versioned<Build>> builds =
        records.list(Keys.buildsOf(id)).stream()
            .sorted(Comparator.comparingLong(b -> b.value().number()))
            .toList();
    List<Versioned<Deployment>> deployments =
        records.list(Keys.deploymentsOf(id)).stream()
            .sorted(Comparator.comparingLong(d -> d.value().seq()))
            .toList();
    return Optional.of(
        new EnvironmentSnapshot(id, service.get(), settings.get(), state, builds, deployments));
  }

  /** All records of the environment that were read. */
  public Stream<Versioned<?>> records() {
    return Stream.of(Stream.of(service, settings, state), builds.stream(), deployments.stream())
        .flatMap(some -> some);
  }

  /** The deployment that should become live: the newest one under way. */
  public Optional<Versioned<Deployment>> candidate() {
    return deployments.stream()
        .filter(d -> d.value().state().isUnderWay())
        .reduce((first, second) -> second);
  }

  /** The newest deployment that has the traffic or is on its way to it. */
  public Optional<Deployment> newestStanding() {
    return deployments.stream()
        .map(Versioned::value)
        .filter(
            d ->
                d.state().isUnderWay()
                    || d.state() == io.cite.core.domain.deploy.DeploymentState.LIVE)
        .reduce((first, second) -> second);
  }

  /** The deployment with this number. */
  public Optional<Versioned<Deployment>> deployment(long seq) {
    return deployments.stream().filter(d -> d.value().seq() == seq).findFirst();
  }
}
