package io.cite.server.http;

import io.cite.core.UseCases;
import io.cite.core.domain.service.Secret;
import io.cite.core.engine.Ports;
import io.cite.core.engine.StateChanges;
import io.cite.core.engine.store.EnvironmentStore;
import io.cite.core.engine.store.Stores;
import io.cite.server.config.ApiConfiguration;
import io.cite.server.config.HttpConfiguration;
import java.util.List;

/** Puts the HTTP interface together from the core. */
public final class HttpApi {
  private HttpApi() {}

  /**
   * What the interface lives on besides the core; whoever made it closes it.
   *
   * @param webhookSecrets secrets of hooks that CITE did not make
   */
  public record HttpDependencies(
      HttpConfiguration http,
      ApiConfiguration api,
      List<Secret> webhookSecrets,
      Meters meters,
      EventStreams streams,
      Health health) {
    public HttpDependencies {
      webhookSecrets = List.copyOf(webhookSecrets);
    }
  }

  /**
   * The server, which does not listen yet.
   *
   * @param pages what browsers are shown
   */
  public static HttpServer assemble(
      UseCases useCases,
      Ports ports,
      Stores stores,
      StateChanges changes,
      HttpDependencies dependencies,
      Pages pages) {
    HttpConfiguration http = dependencies.http();
    OwnerRights rights = new OwnerRights(stores.services(), ports.source().repositories());
    AccessControl guard =
        new AccessControl(
            new Authenticator(dependencies.api().tokens(), rights, ports.clock(), pages),
            new RateLimit(http.apiLimit(), ports.clock()),
            new RateLimit(http.unsignedLimit(), ports.clock()),
            new ClientAddresses(http.trustedProxies()),
            ports.audit(),
            ports.clock());
    dependencies
        .meters()
        .gauge("cite.event.streams", "Open event streams", () -> dependencies.streams().count());
    return new HttpServer(
        http,
        table(useCases, ports, stores, changes, dependencies).with(pages.routes()),
        guard,
        dependencies.meters(),
        pages);
  }

  static RoutingTable table(
      UseCases useCases,
      Ports ports,
      Stores stores,
      StateChanges changes,
      HttpDependencies dependencies) {
    Idempotency idempotency = new Idempotency(stores.idempotency(), ports.clock());
    EnvironmentStore environments = stores.environments();
    WebhookRoute webhooks =
        new WebhookRoute(
            new HookSecrets(stores.webhookSecrets(ports.sealer()), dependencies.webhookSecrets()),
            useCases.acceptDelivery(),
            new RateLimit(dependencies.http().unsignedLimit(), ports.clock()),
            new ClientAddresses(dependencies.http().trustedProxies()),
            ports.audit(),
            ports.clock(),
            dependencies.meters());
    LogRoutes logs =
        new LogRoutes(
            environments,
            new LoggedRollouts(
                stores.deployments(), ports.cluster().rollouts(), ports.cluster().logs()),
            ports.logIndex(),
            ports.clock(),
            dependencies.streams());
    return new RoutingTable(
        webhooks.routes(),
        new ServiceRoutes(useCases, idempotency).routes(),
        new EnvironmentRoutes(useCases, environments, idempotency).routes(),
        new BuildRoutes(useCases, environments, idempotency).routes(),
        new DeploymentRoutes(useCases, environments, idempotency).routes(),
        logs.routes(),
        new RecordRoutes(useCases, ports.audit(), idempotency).routes(),
        new EventRoutes(changes, stores.services(), dependencies.streams()).routes(),
        new OperationRoutes(dependencies.health(), dependencies.meters()).routes());
  }
}
