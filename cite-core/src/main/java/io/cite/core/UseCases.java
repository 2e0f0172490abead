package io.cite.core;

import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Ports;
import io.cite.core.engine.check.Checks;
import io.cite.core.engine.rollout.RolloutRetention;
import io.cite.core.engine.store.NotificationUrls;
import io.cite.core.engine.store.SealedVariables;
import io.cite.core.engine.store.Stores;
import io.cite.core.usecase.Commands;
import io.cite.core.usecase.NotificationTargets;
import io.cite.core.usecase.build.AcceptDelivery;
import io.cite.core.usecase.build.CancelBuild;
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
import io.cite.core.usecase.operate.FindCommit;
import io.cite.core.usecase.operate.ReadCatalogue;
import io.cite.core.usecase.operate.UpdateEnvironment;
import io.cite.core.usecase.operate.UpdateService;

/**
 * Everything that a caller can ask of CITE, each use case with the stores and ports that it uses.
 * Thread-safe.
 */
public record UseCases(
    AcceptDelivery acceptDelivery,
    CreateService createService,
    AddEnvironment addEnvironment,
    RequestBuild requestBuild,
    CancelBuild cancelBuild,
    RequestDeployment requestDeployment,
    ActivateDeployment activateDeployment,
    CancelDeployment cancelDeployment,
    ClearPin clearPin,
    UpdateService updateService,
    UpdateEnvironment updateEnvironment,
    DeleteService deleteService,
    DeleteEnvironment deleteEnvironment,
    CollectGarbage collectGarbage,
    Diagnose diagnose,
    ReadCatalogue catalogue,
    Explain explain,
    FindCommit findCommit) {

  /**
   * The use cases on these ports.
   *
   * @param stores what the engine works on too, over the same metadata store
   */
  public static UseCases of(Ports ports, Stores stores, EngineSettings settings) {
    var commands = new Commands(stores, ports.audit(), ports.clock());
    var services = stores.services();
    var environments = stores.environments();
    var builds = stores.builds();
    var deployments = stores.deployments();
    var repositories = ports.source().repositories();
    var namespaces = ports.cluster().namespaces();
    var traffic = ports.cluster().traffic();
    var targets = new NotificationTargets(ports.notifications());
    var names = new Names(services, environments, namespaces, settings.adoptNamespaces());
    var order = new DeploymentOrder(environments, deployments, settings.rolloutTimeout());
    var planner =
        new Planner(
            services,
            environments,
            namespaces,
            traffic,
            ports.builder(),
            new Planner.Configured(
                ports.logIndex() != null, settings.links().hook(), settings.collaborator()));
    var requestDeployment =
        new RequestDeployment(commands, services, environments, builds, repositories, order);
    return new UseCases(
        new AcceptDelivery(stores.deliveries(), ports.clock(), settings.statusContext()),
        new CreateService(
            commands,
            services,
            ports.sealer(),
            ports.clock(),
            repositories,
            targets,
            names,
            planner,
            settings.images()),
        new AddEnvironment(commands, services, environments, repositories, names),
        new RequestBuild(
            commands,
            services,
            environments,
            builds,
            repositories,
            ports.source().reports(),
            new RequestBuild.Settings(
                settings.statusContext(), settings.buildTimeout(), settings.links())),
        new CancelBuild(commands, environments, builds, settings.buildTimeout()),
        requestDeployment,
        new ActivateDeployment(commands, services, environments, deployments, order),
        new CancelDeployment(commands, deployments),
        new ClearPin(commands, environments),
        new UpdateService(commands, services, targets, new NotificationUrls(ports.sealer())),
        new UpdateEnvironment(
            commands, services, environments, new SealedVariables(ports.sealer())),
        new DeleteService(commands, services),
        new DeleteEnvironment(commands, services, environments),
        new CollectGarbage(
            commands,
            environments,
            deployments,
            new RolloutRetention(traffic, ports.clock(), settings.rollout())),
        new Diagnose(
            new Checks(stores, ports.cluster(), ports.clock(), settings.buildTimeout()),
            commands,
            requestDeployment),
        new ReadCatalogue(stores, ports.builder(), ports.clock()),
        // a question can wait, if GitHub's limit is nearly used up
        new Explain(stores, ports.source().backgroundRepositories(), ports.clock()),
        new FindCommit(stores, repositories));
  }
}
