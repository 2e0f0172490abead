package io.cite.core.usecase.create;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.service.StepRecord.CreateStep;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Ports;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.port.Cluster.NamespaceFinding;
import io.cite.core.usecase.create.Plan.Action;
import io.cite.core.usecase.create.Plan.Change;
import java.util.ArrayList;
import java.util.List;

/** Finds out what creating a service would change, by looking only. */
final class Planner {
  private final Ports ports;
  private final EngineSettings settings;

  Planner(Ports ports, EngineSettings settings) {
    this.ports = ports;
    this.settings = settings;
  }

  Plan plan(ServiceSettings service) {
    EnvironmentId environment = new EnvironmentId(service.id(), service.branch());
    List<Change> changes = new ArrayList<>();
    boolean there =
        ports.cluster().lookUpNamespace(service.id().namespace()) != NamespaceFinding.ABSENT;
    changes.add(
        new Change(
            CreateStep.NAMESPACE,
            there ? Action.ADOPT : Action.CREATE,
            service.id().namespace().value()));
    changes.add(
        new Change(
            CreateStep.LOG_INDEX,
            ports.logIndex() == null ? Action.SKIP : Action.ENSURE,
            service.id().namespace() + "-*"));
    changes.add(new Change(CreateStep.WEBHOOKS, Action.ENSURE, ports.builder().hook().url()));
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
    boolean serves = there && ports.cluster().traffic(environment).isPresent();
    changes.add(
        new Change(
            CreateStep.KUBERNETES_SERVICE,
            serves ? Action.ADOPT : Action.CREATE,
            service.id().namespace() + "/" + environment.name()));
    return new Plan(service, changes);
  }
}
