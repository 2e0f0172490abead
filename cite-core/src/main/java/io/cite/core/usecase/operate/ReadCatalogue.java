package io.cite.core.usecase.operate;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.source.Delivery;
import io.cite.core.engine.Ports;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.store.Environments;
import io.cite.core.error.NotFound;
import io.cite.core.port.Cluster.RolloutId;
import io.cite.core.port.Cluster.RolloutStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads services, environments, builds, deployments and deliveries as they are stored. All throw
 * {@link NotFound} for what does not exist.
 */
public final class ReadCatalogue {
  private final Ports ports;
  private final Records records;
  private final Environments environments;

  /** The use case on these ports. */
  public ReadCatalogue(Ports ports) {
    this.ports = ports;
    this.records = new Records(ports.store());
    this.environments = new Environments(records);
  }

  /**
   * A service.
   *
   * @param settings as they are now; while the service is being made, as they were asked for
   * @param revision of the settings; 0 while they are not stored
   */
  public record ServiceView(
      ServiceRecord record,
      ServiceSettings settings,
      long revision,
      List<EnvironmentView> environments) {
    public ServiceView {
      environments = List.copyOf(environments);
    }
  }

  /**
   * An environment.
   *
   * @param revision of the settings
   * @param live the deployment that has the traffic; null before the first
   * @param lastBuild the newest build; null before the first
   * @param underWay the deployment on its way to become live; null if none is
   * @param readyPods how many pods of the live deployment are ready
   * @param url where it can be visited; null where the cluster gives no address
   */
  public record EnvironmentView(
      EnvironmentSettings settings,
      long revision,
      EnvironmentState state,
      @Nullable Deployment live,
      @Nullable Build lastBuild,
      @Nullable Deployment underWay,
      int readyPods,
      @Nullable String url) {}

  /** Services by id, beginning after the given one; null begins with the first. */
  public List<ServiceView> services(@Nullable ServiceId after, int limit) {
    String from = after == null ? null : Keys.serviceRecord(after).path();
    return records.list(Keys.SERVICES, from, limit).stream()
        .map(stored -> view(stored.value()))
        .toList();
  }

  /** One service. */
  public ServiceView service(ServiceId id) {
    return view(
        records
            .get(Keys.serviceRecord(id))
            .orElseThrow(() -> new NotFound("There is no service " + id))
            .value());
  }

  private ServiceView view(ServiceRecord record) {
    Optional<Versioned<ServiceSettings>> settings = records.get(Keys.service(record.id()));
    return new ServiceView(
        record,
        settings.map(Versioned::value).orElse(record.settings()),
        settings.map(Versioned::revision).orElse(0L),
        environments(record.id()));
  }

  /** The environments of a service, by branch. */
  public List<EnvironmentView> environments(ServiceId id) {
    return records.list(Keys.environmentsOf(id)).stream()
        .flatMap(stored -> view(stored).stream())
        .toList();
  }

  /** One environment. */
  public EnvironmentView environment(EnvironmentId id) {
    return view(environments.settings(id))
        .orElseThrow(() -> new NotFound("There is no environment " + id));
  }

  private Optional<EnvironmentView> view(Versioned<EnvironmentSettings> settings) {
    EnvironmentId id = settings.value().id();
    Optional<EnvironmentState> state = records.get(Keys.environmentState(id)).map(Versioned::value);
    if (state.isEmpty()) {
      return Optional.empty();
    }
    @Nullable Long seq = state.get().live();
    @Nullable Deployment live =
        seq == null
            ? null
            : records.get(Keys.deployment(id, seq)).map(Versioned::value).orElse(null);
    @Nullable Build lastBuild =
        records.get(Keys.build(id, state.get().lastBuild())).map(Versioned::value).orElse(null);
    @Nullable Deployment last =
        records.get(Keys.deployment(id, state.get().lastSeq())).map(Versioned::value).orElse(null);
    RolloutStatus pods =
        live == null
            ? RolloutStatus.ABSENT
            : ports.cluster().observe(new RolloutId(id, live.rolloutSeq()));
    return Optional.of(
        new EnvironmentView(
            settings.value(),
            settings.revision(),
            state.get(),
            live,
            lastBuild,
            last != null && last.state().isUnderWay() ? last : null,
            pods.ready(),
            ports.cluster().address(id).orElse(null)));
  }

  /** Builds of an environment, newest first. */
  public List<Build> builds(EnvironmentId id) {
    environments.settings(id);
    return records.list(Keys.buildsOf(id)).stream()
        .map(Versioned::value)
        .sorted(Comparator.comparingLong(Build::number).reversed())
        .toList();
  }

  /** One build. */
  public Build build(EnvironmentId id, long number) {
    return records
        .get(Keys.build(id, number))
        .orElseThrow(() -> new NotFound("The environment " + id + " has no build " + number))
        .value();
  }

  /** The end of a build's log: what was kept, or what the builder still has. */
  public String buildLog(EnvironmentId id, long number) {
    Build build = build(id, number);
    String url = build.logUrl();
    Optional<String> log = url == null ? Optional.empty() : ports.builder().log(url, 2000);
    return log.orElse(build.logTail() == null ? "" : build.logTail());
  }

  /** Deployments of an environment, newest first. */
  public List<Deployment> deployments(EnvironmentId id) {
    environments.settings(id);
    return records.list(Keys.deploymentsOf(id)).stream()
        .map(Versioned::value)
        .sorted(Comparator.comparingLong(Deployment::seq).reversed())
        .toList();
  }

  /** One deployment. */
  public Deployment deployment(EnvironmentId id, long seq) {
    return records
        .get(Keys.deployment(id, seq))
        .orElseThrow(() -> new NotFound("The environment " + id + " has no deployment " + seq))
        .value();
  }

  /** Deliveries, newest first. */
  public List<Delivery> deliveries() {
    return records.list(Keys.DELIVERIES).stream()
        .map(Versioned::value)
        .sorted(Comparator.comparing(Delivery::receivedAt).reversed().thenComparing(Delivery::id))
        .toList();
  }

  /** One delivery. */
  public Delivery delivery(String id) {
    return records
        .get(Keys.delivery(id))
        .orElseThrow(() -> new NotFound("There is no delivery " + id))
        .value();
  }
}
