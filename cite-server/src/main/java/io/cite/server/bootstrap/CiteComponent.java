package io.cite.server.bootstrap;

import dagger.BindsInstance;
import dagger.Component;
import io.cite.core.UseCases;
import io.cite.core.engine.Engine;
import io.cite.core.engine.StateChanges;
import io.cite.core.port.InstantSource;
import io.cite.server.adapter.jdbi.JdbiAuditTrail;
import io.cite.server.config.Configuration;
import io.cite.server.http.HealthCheck;
import io.cite.server.http.HttpServer;
import io.cite.server.http.Meters;
import jakarta.inject.Singleton;
import java.util.List;

/** The server's parts; each is made when it is first asked for. */
@Singleton
@Component(
    modules = {
      StoreModule.class,
      AuditModule.class,
      GitHubModule.class,
      BuildbotModule.class,
      KubernetesModule.class,
      LogIndexModule.class,
      RegistryModule.class,
      NotificationModule.class,
      SecretSealerModule.class,
      CoreModule.class,
      HttpModule.class,
      WebModule.class
    })
interface CiteComponent {
  Resources resources();

  StateChanges changes();

  UseCases useCases();

  Engine engine();

  Meters meters();

  HttpServer server();

  JdbiAuditTrail auditTrail();

  InstantSource clock();

  List<HealthCheck> checks();

  /** Makes components. */
  @Component.Factory
  interface Factory {
    CiteComponent create(@BindsInstance Configuration configuration, @BindsInstance AuditUse audit);
  }
}
