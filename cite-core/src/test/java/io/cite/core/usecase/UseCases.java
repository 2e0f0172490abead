package io.cite.core.usecase;

import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Ports;
import io.cite.core.engine.check.Checks;
import io.cite.core.engine.rollout.RolloutRetention;
import io.cite.core.engine.store.SealedVariables;
import io.cite.core.engine.store.Stores;
import io.cite.core.port.Links;
import io.cite.core.usecase.build.AcceptDelivery;
import io.cite.core.usecase.build.RequestBuild;
import io.cite.core.usecase.create.AddEnvironment;
import io.cite.core.usecase.create.CreateService;
import io.cite.core.usecase.create.Names;
import io.cite.core.usecase.create.Planner;
import io.cite.core.usecase.deploy.ActivateDeployment;
import io.cite.core.usecase.deploy.CancelDeployment;
import io.cite.core.usecase.deploy.DeploymentOrder;
import io.cite.core.usecase.deploy.RequestDeployment;
import io.cite.core.usecase.operate.ClearPin;
import io.cite.core.usecase.operate.CollectGarbage;
import io.cite.core.usecase.operate.DeleteEnvironment;
import io.cite.core.usecase.operate.DeleteService;
import io.cite.core.usecase.operate.Diagnose;
import io.cite.core.usecase.operate.Explain;
import io.cite.core.usecase.operate.ReadCatalogue;
import io.cite.core.usecase.operate.UpdateEnvironment;
import io.cite.core.usecase.operate.UpdateService;

/** All use cases on one set of ports; each call makes a new one. */
public final class UseCases {
  private final Ports ports;
  private final Stores stores;
  private final EngineSettings settings;
  private final Commands commands;

  public UseCases(Ports ports, Stores stores, EngineSettings settings) {
    this.ports = ports;
    this.stores = stores;
    this.settings = settings;
    this.commands = new Commands(stores, ports.audit(), ports.clock());
  }

  /** Links of a system that is reached there. */
  public static Links links(String root) {
    return new Links(root, root + "/hook", environment -> root + "/environments/" + environment);
  }

  private Names names() {
    return new Names(
        stores.services(),
        stores.environments(),
        ports.cluster().namespaces(),
        settings.adoptNamespaces());
  }

  private DeploymentOrder order() {
    return new DeploymentOrder(
        stores.environments(), stores.deployments(), settings.rolloutTimeout());
  }

  public CreateService createService() {
    return new CreateService(
        commands,
        stores.services(),
        ports.sealer(),
        ports.clock(),
        ports.source().repositories(),
        new NotificationTargets(ports.notifications()),
        names(),
        new Planner(
            stores.services(),
            stores.environments(),
            ports.cluster().namespaces(),
            ports.cluster().traffic(),
            ports.builder(),
            new Planner.Configured(
                ports.logIndex() != null, settings.links().hook(), settings.collaborator())));
  }

  public AddEnvironment addEnvironment() {
    return new AddEnvironment(
        commands, stores.services(), stores.environments(), ports.source().repositories(), names());
  }

  public AcceptDelivery acceptDelivery() {
    return new AcceptDelivery(stores.deliveries(), ports.clock(), settings.statusContext());
  }

  public RequestBuild requestBuild() {
    return new RequestBuild(
        commands,
        stores.services(),
        stores.environments(),
        stores.builds(),
        ports.source().repositories(),
        ports.source().reports(),
        new RequestBuild.Settings(
            settings.statusContext(), settings.buildTimeout(), settings.links()));
  }

  public RequestDeployment requestDeployment() {
    return new RequestDeployment(
        commands,
        stores.services(),
        stores.environments(),
        stores.builds(),
        ports.source().repositories(),
        order());
  }

  public ActivateDeployment activateDeployment() {
    return new ActivateDeployment(commands, stores.environments(), stores.deployments(), order());
  }

  public CancelDeployment cancelDeployment() {
    return new CancelDeployment(commands, stores.deployments());
  }

  public ClearPin clearPin() {
    return new ClearPin(commands, stores.environments());
  }

  public UpdateService updateService() {
    return new UpdateService(
        commands, stores.services(), new NotificationTargets(ports.notifications()));
  }

  public UpdateEnvironment updateEnvironment() {
    return new UpdateEnvironment(
        commands, stores.environments(), new SealedVariables(ports.sealer()));
  }

  public DeleteService deleteService() {
    return new DeleteService(commands, stores.services());
  }

  public DeleteEnvironment deleteEnvironment() {
    return new DeleteEnvironment(commands, stores.services(), stores.environments());
  }

  public CollectGarbage collectGarbage() {
    return new CollectGarbage(
        commands,
        stores.environments(),
        stores.deployments(),
        new RolloutRetention(ports.cluster().traffic(), ports.clock(), settings.rollout()));
  }

  public Diagnose diagnose() {
    return new Diagnose(
        new Checks(stores, ports.cluster(), ports.clock(), settings.buildTimeout()),
        commands,
        requestDeployment());
  }

  public ReadCatalogue readCatalogue() {
    return new ReadCatalogue(
        stores, ports.cluster().rollouts(), ports.cluster().traffic(), ports.builder());
  }

  public Explain explain() {
    return new Explain(stores);
  }
}
