package io.cite.core.usecase.create;

import io.cite.core.domain.service.CreateStep;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Keys;
import io.cite.core.engine.Outside;
import io.cite.core.port.Cluster.NamespaceFinding;
import io.cite.core.usecase.create.Plan.Action;
import io.cite.core.usecase.create.Plan.Change;
import java.util.ArrayList;
import java.util.List;

/** Finds out what creating a service would change, by looking only. */
final class Planner {
  private final Outside outside;
  private final EngineSettings settings;

  Planner(Outside outside, EngineSettings settings) {
    this.outside = outside;
    this.settings = settings;
  }

  Plan plan(ServiceSettings service) {
    EnvironmentId environment = new EnvironmentId(service.id(), service.branch());
    List<Change> changes = new ArrayList<>();
    boolean there =
        outside.cluster().lookUpNamespace(service.id().namespace()) != NamespaceFinding.ABSENT;
    changes.add(
        new Change(
            CreateStep.NAMESPACE,
            there ? Action.ADOPT : Action.CREATE,
            service.id().namespace().value()));
    changes.add(
        new Change(
            CreateStep.LOG_INDEX,
            outside.logIndex() == null ? Action.SKIP : Action.ENSURE,
            service.id().namespace() + "-*"));
    changes.add(new Change(CreateStep.WEBHOOKS, Action.ENSURE, outside.builder().hook().url()));
    changes.add(new Change(CreateStep.WEBHOOKS, Action.ENSURE, settings.hookUrl()));
    changes.add(
        settings.collaborator() == null
            ? new Change(CreateStep.COLLABORATOR, Action.SKIP, "no account is configured")
            : new Change(CreateStep.COLLABORATOR, Action.ENSURE, settings.collaborator()));
    changes.add(
        new Change(CreateStep.SERVICE_METADATA, Action.CREATE, Keys.service(service.id()).path()));
    changes.add(
        new Change(
            CreateStep.BRANCH_METADATA, Action.CREATE, Keys.environment(environment).path()));
    boolean serves = there && outside.cluster().traffic(environment).isPresent();
    changes.add(
        new Change(
            CreateStep.KUBERNETES_SERVICE,
            serves ? Action.ADOPT : Action.CREATE,
            service.id().namespace() + "/" + environment.name()));
    return new Plan(service, changes);
  }
}
