package io.cite.server.http;

import io.cite.core.domain.service.Secret;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Ports;
import io.cite.core.engine.StateChanges;
import io.cite.core.usecase.build.AcceptDelivery;
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

  /** The server, which does not listen yet. */
  public static HttpServer assemble(
      Ports ports, EngineSettings settings, HttpDependencies dependencies) {
    HttpConfiguration http = dependencies.http();
    OwnerRights rights = new OwnerRights(ports.store(), ports.source());
    AccessControl guard =
        new AccessControl(
            new Authenticator(dependencies.api().tokens(), rights, ports.clock()),
            new RateLimit(http.apiLimit(), ports.clock()),
            new RateLimit(http.unsignedLimit(), ports.clock()),
            new ClientAddresses(http.trustedProxies()),
            ports.audit(),
            ports.clock());
    dependencies
        .meters()
        .gauge("cite.event.streams", "Open event streams", () -> dependencies.streams().count());
    return new HttpServer(http, table(ports, settings, dependencies), guard, dependencies.meters());
  }

  static RoutingTable table(Ports ports, EngineSettings settings, HttpDependencies dependencies) {
    Idempotency idempotency = new Idempotency(ports.store(), ports.clock());
    WebhookRoute webhooks =
        new WebhookRoute(
            new HookSecrets(ports.store(), ports.sealer(), dependencies.webhookSecrets()),
            new AcceptDelivery(ports, settings),
            new RateLimit(dependencies.http().unsignedLimit(), ports.clock()),
            new ClientAddresses(dependencies.http().trustedProxies()),
            ports.audit(),
            ports.clock(),
            dependencies.meters());
    return new RoutingTable(
        webhooks.routes(),
        new ServiceRoutes(ports, settings, idempotency).routes(),
        new EnvironmentRoutes(ports, settings, idempotency).routes(),
        new BuildRoutes(ports, settings, idempotency).routes(),
        new DeploymentRoutes(ports, settings, idempotency).routes(),
        new LogRoutes(ports, dependencies.streams()).routes(),
        new RecordRoutes(ports, settings, idempotency).routes(),
        new EventRoutes(new StateChanges(ports.store()), dependencies.streams()).routes(),
        new OperationRoutes(dependencies.health(), dependencies.meters()).routes());
  }
}
