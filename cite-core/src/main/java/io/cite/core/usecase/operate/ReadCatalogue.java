package io.cite.core.usecase.operate;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.PodSettings;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.EnvironmentState.Observed;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.engine.store.Revisioned;
import io.cite.core.engine.store.Stores;
import io.cite.core.error.NotFound;
import io.cite.core.port.Builder;
import io.cite.core.port.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads services, environments, builds, deployments and deliveries as they are stored. All throw
 * {@link NotFound} for what does not exist.
 */
public final class ReadCatalogue {
  private final Stores stores;
  private final Builder builder;
  private final InstantSource clock;

  /** The use case on these stores. */
  public ReadCatalogue(Stores stores, Builder builder, InstantSource clock) {
    this.stores = stores;
    this.builder = builder;
    this.clock = clock;
  }

  /**
   * A service.
   *
   * @param settings as they are now; while the service is being made, as they were asked for
   * @param revision of the settings; 0 while they are not stored
   */
  public record ServiceOverview(
      ServiceRecord record,
      ServiceSettings settings,
      long revision,
      List<EnvironmentOverview> environments) {
    public ServiceOverview {
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
   * @param readyPods how many pods of the live deployment were ready when the cluster last said so
   * @param url where it can be visited; null if the cluster gives no address
   * @param pendingCommit the newest commit that could be live and is not; null if there is none
   * @param pendingSettings names of the settings that were changed and that the live deployment
   *     does not have
   */
  public record EnvironmentOverview(
      EnvironmentSettings settings,
      long revision,
      EnvironmentState state,
      @Nullable Deployment live,
      @Nullable Build lastBuild,
      @Nullable Deployment underWay,
      int readyPods,
      @Nullable String url,
      @Nullable PendingCommit pendingCommit,
      List<String> pendingSettings) {
    public EnvironmentOverview {
      pendingSettings = List.copyOf(pendingSettings);
    }
  }

  /** Services by id, beginning after the given one; null begins with the first. */
  public List<ServiceOverview> services(@Nullable ServiceId after, int limit) {
    return stores.services().page(after, limit).stream().map(this::view).toList();
  }

  /** One service. */
  public ServiceOverview service(ServiceId id) {
    return view(stores.services().get(id).value());
  }

  private ServiceOverview view(ServiceRecord record) {
    Optional<Revisioned<ServiceSettings>> settings = stores.services().findSettings(record.id());
    return new ServiceOverview(
        record,
        settings.map(Revisioned::value).orElse(record.settings()),
        settings.map(Revisioned::revision).orElse(0L),
        environments(record.id()));
  }

  /** The environments of a service, by branch. */
  public List<EnvironmentOverview> environments(ServiceId id) {
    return stores.environments().of(id).stream().flatMap(stored -> view(stored).stream()).toList();
  }

  /** One environment. */
  public EnvironmentOverview environment(EnvironmentId id) {
    return view(stores.environments().settings(id))
        .orElseThrow(() -> new NotFound("There is no environment " + id));
  }

  private Optional<EnvironmentOverview> view(Revisioned<EnvironmentSettings> settings) {
    EnvironmentId id = settings.value().id();
    Optional<EnvironmentState> found = stores.environments().findState(id).map(Revisioned::value);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    EnvironmentState state = found.get();
    @Nullable Long seq = state.live();
    @Nullable Deployment live = seq == null ? null : findDeployment(id, seq);
    @Nullable Deployment last = findDeployment(id, state.lastSeq());
    Observed observed = state.observed();
    return Optional.of(
        new EnvironmentOverview(
            settings.value(),
            settings.revision(),
            state,
            live,
            stores.builds().find(id, state.lastBuild()).map(Revisioned::value).orElse(null),
            last != null && last.state().isUnderWay() ? last : null,
            readyPods(live, observed),
            observed == null ? null : observed.url(),
            pendingCommit(settings.value(), state, live, last),
            live == null ? List.of() : pendingSettings(settings.value(), live)));
  }

  private @Nullable PendingCommit pendingCommit(
      EnvironmentSettings settings,
      EnvironmentState state,
      @Nullable Deployment live,
      @Nullable Deployment last) {
    if (live != null && live.commit().equals(state.head())) {
      return null;
    }
    return PendingCommit.in(settings, state, stores.builds().of(state.id()), live, last)
        .orElse(null);
  }

  /** Names of the settings that were changed and that this live deployment does not have. */
  public List<String> pendingSettings(EnvironmentSettings settings, Deployment live) {
    @Nullable PodSettings given = live.rollout().settings();
    if (given == null) {
      return List.of();
    }
    return stores
        .services()
        .findSettings(settings.id().service())
        .map(service -> given.changedIn(PodSettings.of(service.value(), settings)))
        .orElse(List.of());
  }

  /** Right after a switch the deployment knows more than what was observed before. */
  private static int readyPods(@Nullable Deployment live, @Nullable Observed observed) {
    if (live == null) {
      return 0;
    }
    return observed != null && observed.rollout() == live.rolloutSeq()
        ? observed.readyPods()
        : live.rollout().readyPods();
  }

  private @Nullable Deployment findDeployment(EnvironmentId id, long seq) {
    return stores.deployments().find(id, seq).map(Revisioned::value).orElse(null);
  }

  /** Builds of an environment, newest first. */
  public List<Build> builds(EnvironmentId id) {
    stores.environments().settings(id);
    return stores.builds().of(id).stream()
        .sorted(Comparator.comparingLong(Build::number).reversed())
        .toList();
  }

  /** One build. */
  public Build build(EnvironmentId id, long number) {
    return stores.builds().get(id, number).value();
  }

  /** The end of a build's log: what was kept, or what the builder still has. */
  public String buildLog(EnvironmentId id, long number) {
    Build build = build(id, number);
    LogUrl url = build.result().logUrl();
    Optional<String> log = url == null ? Optional.empty() : builder.log(url, 2000);
    return log.orElse(build.result().logTail() == null ? "" : build.result().logTail());
  }

  /** Deployments of an environment, newest first. */
  public List<Deployment> deployments(EnvironmentId id) {
    stores.environments().settings(id);
    return stores.deployments().of(id).stream()
        .sorted(Comparator.comparingLong(Deployment::seq).reversed())
        .toList();
  }

  /** One deployment. */
  public Deployment deployment(EnvironmentId id, long seq) {
    return stores.deployments().get(id, seq).value();
  }

  /**
   * Deliveries, newest first.
   *
   * @param after the {@link Delivery#position} of the last one of the page before; null begins with
   *     the newest
   */
  public List<Delivery> deliveries(@Nullable String after, int limit) {
    return stores.deliveries().page(after, clock.instant(), limit);
  }

  /** One delivery. */
  public Delivery delivery(DeliveryId id) {
    return stores
        .deliveries()
        .find(id)
        .orElseThrow(() -> new NotFound("There is no delivery " + id));
  }
}
