package io.cite.core.usecase.create;

import io.cite.core.domain.dockerfile.ExposedPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.service.StepRecord.CreateStep;
import io.cite.core.engine.store.EnvironmentStore;
import io.cite.core.engine.store.ServiceStore;
import io.cite.core.port.Builder;
import io.cite.core.port.cluster.NamespaceFinding;
import io.cite.core.port.cluster.Namespaces;
import io.cite.core.port.cluster.TrafficRouter;
import io.cite.core.usecase.create.Plan.Action;
import io.cite.core.usecase.create.Plan.Change;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out what creating a service would change, by reading only. Thread-safe. */
public final class Planner {
  private final ServiceStore services;
  private final EnvironmentStore environments;
  private final Namespaces namespaces;
  private final TrafficRouter router;
  private final Builder builder;
  private final Configured configured;

  /**
   * What is configured for all services.
   *
   * @param logs whether there is a log index
   * @param hookUrl where CITE takes webhooks
   * @param collaborator the account that is added to repositories; null for none
   */
  public record Configured(boolean logs, String hookUrl, @Nullable String collaborator) {}

  /** Plans for these stores, this cluster and this builder. */
  public Planner(
      ServiceStore services,
      EnvironmentStore environments,
      Namespaces namespaces,
      TrafficRouter router,
      Builder builder,
      Configured configured) {
    this.services = services;
    this.environments = environments;
    this.namespaces = namespaces;
    this.router = router;
    this.builder = builder;
    this.configured = configured;
  }

  Plan plan(ServiceSettings service, List<ExposedPorts.Port> ports, List<String> notes) {
    EnvironmentId environment = new EnvironmentId(service.id(), service.branch());
    List<Change> changes = new ArrayList<>();
    boolean there = namespaces.lookUp(service.id().namespace()) != NamespaceFinding.ABSENT;
    changes.add(
        new Change(
            CreateStep.NAMESPACE,
            there ? Action.ADOPT : Action.CREATE,
            service.id().namespace().value()));
    changes.add(
        new Change(
            CreateStep.LOG_INDEX,
            configured.logs() ? Action.ENSURE : Action.SKIP,
            service.id().namespace() + "-*"));
    changes.add(new Change(CreateStep.WEBHOOKS, Action.ENSURE, builder.hook().url()));
    changes.add(new Change(CreateStep.WEBHOOKS, Action.ENSURE, configured.hookUrl()));
    changes.add(
        configured.collaborator() == null
            ? new Change(CreateStep.COLLABORATOR, Action.SKIP, "no account is configured")
            : new Change(CreateStep.COLLABORATOR, Action.ENSURE, configured.collaborator()));
    changes.add(
        new Change(CreateStep.SERVICE_METADATA, Action.CREATE, services.locationOf(service.id())));
    changes.add(
        new Change(
            CreateStep.BRANCH_METADATA, Action.CREATE, environments.locationOf(environment)));
    boolean serves = there && router.current(environment).isPresent();
    changes.add(
        new Change(
            CreateStep.KUBERNETES_SERVICE,
            serves ? Action.ADOPT : Action.CREATE,
            service.id().namespace() + "/" + environment.name()));
    return new Plan(service, ports, notes, changes);
  }
}
