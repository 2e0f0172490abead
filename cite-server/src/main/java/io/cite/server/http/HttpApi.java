package io.cite.server.http;

import io.cite.core.domain.service.Secret;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Outside;
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
  public record Surroundings(
      HttpConfiguration http,
      ApiConfiguration api,
      List<Secret> webhookSecrets,
      Meters meters,
      EventStreams streams,
      Health health) {
    public Surroundings {
      webhookSecrets = List.copyOf(webhookSecrets);
    }
  }

  /** The server, which does not listen yet. */
  public static HttpServer assemble(
      Outside outside, EngineSettings settings, Surroundings surroundings) {
    HttpConfiguration http = surroundings.http();
    OwnerRights rights = new OwnerRights(outside.store(), outside.source());
    Guard guard =
        new Guard(
            new Authenticator(surroundings.api().tokens(), rights, outside.clock()),
            new RateLimit(http.apiLimit(), outside.clock()),
            new RateLimit(http.unsignedLimit(), outside.clock()),
            outside.audit(),
            outside.clock());
    surroundings
        .meters()
        .gauge("cite.event.streams", "Open event streams", () -> surroundings.streams().count());
    return new HttpServer(
        http, table(outside, settings, surroundings), guard, surroundings.meters());
  }

  static RoutingTable table(Outside outside, EngineSettings settings, Surroundings surroundings) {
    Idempotency idempotency = new Idempotency(outside.store(), outside.clock());
    WebhookRoute webhooks =
        new WebhookRoute(
            new HookSecrets(outside.store(), outside.vault(), surroundings.webhookSecrets()),
            new AcceptDelivery(outside, settings),
            new RateLimit(surroundings.http().unsignedLimit(), outside.clock()),
            outside.audit(),
            outside.clock(),
            surroundings.meters());
    return new RoutingTable(
        webhooks.routes(),
        new ServiceRoutes(outside, settings, idempotency).routes(),
        new EnvironmentRoutes(outside, settings, idempotency).routes(),
        new BuildRoutes(outside, settings, idempotency).routes(),
        new DeploymentRoutes(outside, settings, idempotency).routes(),
        new LogRoutes(outside, surroundings.streams()).routes(),
        new RecordRoutes(outside, settings, idempotency).routes(),
        new EventRoutes(new StateChanges(outside.store()), surroundings.streams()).routes(),
        new OperationRoutes(surroundings.health(), surroundings.meters()).routes());
  }
}
