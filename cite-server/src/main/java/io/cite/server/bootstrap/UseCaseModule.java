package io.cite.server.bootstrap;

import dagger.Module;
import dagger.Provides;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Ports;
import io.cite.core.engine.check.Checks;
import io.cite.core.engine.rollout.RolloutRetention;
import io.cite.core.engine.store.SealedVariables;
import io.cite.core.engine.store.Stores;
import io.cite.core.usecase.Commands;
import io.cite.core.usecase.NotificationTargets;
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
import io.cite.server.http.HttpApi;
import jakarta.inject.Singleton;

/** The use cases, each with the stores and ports that it uses. */
@Module
final class UseCaseModule {
  private UseCaseModule() {}

  @Provides
  @Singleton
  static Commands commands(Stores stores, Ports ports) {
    return new Commands(stores, ports.audit(), ports.clock());
  }

  @Provides
  static Names names(Stores stores, Ports ports, EngineSettings settings) {
    return new Names(
        stores.services(),
        stores.environments(),
        ports.cluster().namespaces(),
        settings.adoptNamespaces());
  }

  @Provides
  static DeploymentOrder order(Stores stores, EngineSettings settings) {
    return new DeploymentOrder(
        stores.environments(), stores.deployments(), settings.rolloutTimeout());
  }

  @Provides
  static AcceptDelivery acceptDelivery(Stores stores, Ports ports, EngineSettings settings) {
    return new AcceptDelivery(stores.deliveries(), ports.clock(), settings.statusContext());
  }

  @Provides
  static Planner planner(Stores stores, Ports ports, EngineSettings settings) {
    return new Planner(
        stores.services(),
        stores.environments(),
        ports.cluster().namespaces(),
        ports.cluster().traffic(),
        ports.builder(),
        new Planner.Configured(
            ports.logIndex() != null, settings.links().hook(), settings.collaborator()));
  }

  @Provides
  static CreateService createService(
      Commands commands, Stores stores, Ports ports, Names names, Planner planner) {
    return new CreateService(
        commands,
        stores.services(),
        ports.sealer(),
        ports.clock(),
        ports.source().repositories(),
        new NotificationTargets(ports.notifications()),
        names,
        planner);
  }

  @Provides
  static AddEnvironment addEnvironment(Commands commands, Stores stores, Ports ports, Names names) {
    return new AddEnvironment(
        commands, stores.services(), stores.environments(), ports.source().repositories(), names);
  }

  @Provides
  static RequestBuild requestBuild(
      Commands commands, Stores stores, Ports ports, EngineSettings settings) {
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

  @Provides
  static RequestDeployment requestDeployment(
      Commands commands, Stores stores, Ports ports, DeploymentOrder order) {
    return new RequestDeployment(
        commands,
        stores.services(),
        stores.environments(),
        stores.builds(),
        ports.source().repositories(),
        order);
  }

  @Provides
  static ActivateDeployment activateDeployment(
      Commands commands, Stores stores, DeploymentOrder order) {
    return new ActivateDeployment(commands, stores.environments(), stores.deployments(), order);
  }

  @Provides
  static CancelDeployment cancelDeployment(Commands commands, Stores stores) {
    return new CancelDeployment(commands, stores.deployments());
  }

  @Provides
  static ClearPin clearPin(Commands commands, Stores stores) {
    return new ClearPin(commands, stores.environments());
  }

  @Provides
  static UpdateService updateService(Commands commands, Stores stores, Ports ports) {
    return new UpdateService(
        commands, stores.services(), new NotificationTargets(ports.notifications()));
  }

  @Provides
  static UpdateEnvironment updateEnvironment(Commands commands, Stores stores, Ports ports) {
    return new UpdateEnvironment(
        commands, stores.environments(), new SealedVariables(ports.sealer()));
  }

  @Provides
  static DeleteService deleteService(Commands commands, Stores stores) {
    return new DeleteService(commands, stores.services());
  }

  @Provides
  static DeleteEnvironment deleteEnvironment(Commands commands, Stores stores) {
    return new DeleteEnvironment(commands, stores.services(), stores.environments());
  }

  @Provides
  static CollectGarbage collectGarbage(
      Commands commands, Stores stores, Ports ports, EngineSettings settings) {
    return new CollectGarbage(
        commands,
        stores.environments(),
        stores.deployments(),
        new RolloutRetention(ports.cluster().traffic(), ports.clock(), settings.rollout()));
  }

  @Provides
  static ReadCatalogue readCatalogue(Stores stores, Ports ports) {
    return new ReadCatalogue(
        stores, ports.cluster().rollouts(), ports.cluster().traffic(), ports.builder());
  }

  @Provides
  static Explain explain(Stores stores) {
    return new Explain(stores);
  }

  @Provides
  static Diagnose diagnose(
      Stores stores,
      Ports ports,
      EngineSettings settings,
      Commands commands,
      RequestDeployment requestDeployment) {
    return new Diagnose(
        new Checks(stores, ports.cluster(), ports.clock(), settings.buildTimeout()),
        commands,
        requestDeployment);
  }

  @Provides
  static HttpApi.UseCases ofHttp(
      AcceptDelivery acceptDelivery,
      CreateService createService,
      AddEnvironment addEnvironment,
      RequestBuild requestBuild,
      RequestDeployment requestDeployment,
      ActivateDeployment activateDeployment,
      CancelDeployment cancelDeployment,
      ClearPin clearPin,
      UpdateService updateService,
      UpdateEnvironment updateEnvironment,
      DeleteService deleteService,
      DeleteEnvironment deleteEnvironment,
      CollectGarbage collectGarbage,
      ReadCatalogue catalogue,
      Explain explain) {
    return new HttpApi.UseCases(
        acceptDelivery,
        createService,
        addEnvironment,
        requestBuild,
        requestDeployment,
        activateDeployment,
        cancelDeployment,
        clearPin,
        updateService,
        updateEnvironment,
        deleteService,
        deleteEnvironment,
        collectGarbage,
        catalogue,
        explain);
  }
}
