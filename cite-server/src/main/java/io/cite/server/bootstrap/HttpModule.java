package io.cite.server.bootstrap;

import dagger.Module;
import dagger.Provides;
import io.cite.adapters.github.GitHubSourceHost;
import io.cite.core.UseCases;
import io.cite.core.domain.service.Secret;
import io.cite.core.engine.Ports;
import io.cite.core.engine.StateChanges;
import io.cite.core.engine.store.Stores;
import io.cite.core.port.AuditTrail;
import io.cite.core.port.cluster.Cluster;
import io.cite.server.adapter.buildbot.BuildbotBuilder;
import io.cite.server.adapter.elasticsearch.ElasticsearchLogIndex;
import io.cite.server.adapter.registry.HttpImageRegistry;
import io.cite.server.config.Configuration;
import io.cite.server.http.EventStreams;
import io.cite.server.http.Health;
import io.cite.server.http.HealthCheck;
import io.cite.server.http.HttpApi;
import io.cite.server.http.HttpServer;
import io.cite.server.http.Meters;
import io.cite.server.web.WebUi;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The HTTP interface and what is reported of the server's health. */
@Module
final class HttpModule {
  private HttpModule() {}

  @Provides
  @Singleton
  static List<HealthCheck> checks(
      Stores stores,
      AuditTrail audit,
      GitHubSourceHost gitHub,
      BuildbotBuilder buildbot,
      Cluster cluster,
      Optional<ElasticsearchLogIndex> logIndex,
      Optional<HttpImageRegistry> registry) {
    List<HealthCheck> checks = new ArrayList<>();
    checks.add(new HealthCheck("store", true, stores::requireAvailable));
    checks.add(new HealthCheck("audit trail", true, audit::requireWritable));
    checks.add(new HealthCheck("GitHub", false, gitHub::check));
    checks.add(new HealthCheck("Buildbot", false, buildbot::check));
    checks.add(new HealthCheck("Kubernetes", false, () -> cluster.objects().inventory()));
    logIndex.ifPresent(index -> checks.add(new HealthCheck("Elasticsearch", false, index::check)));
    registry.ifPresent(
        images -> checks.add(new HealthCheck("image registry", false, images::check)));
    return List.copyOf(checks);
  }

  @Provides
  @Singleton
  static Meters meters(Resources resources) {
    return resources.add(new Meters());
  }

  @Provides
  @Singleton
  static Health health(List<HealthCheck> checks, Resources resources) {
    return resources.add(new Health(checks));
  }

  @Provides
  @Singleton
  static EventStreams streams() {
    return new EventStreams();
  }

  @Provides
  @Singleton
  static HttpServer server(
      Configuration configuration,
      UseCases useCases,
      Ports ports,
      Stores stores,
      StateChanges changes,
      Meters meters,
      Health health,
      EventStreams streams,
      WebUi pages,
      Resources resources) {
    List<Secret> secrets = new ArrayList<>();
    secrets.add(configuration.github().webhookSecret());
    if (configuration.github().webhookSecretPrevious() != null) {
      secrets.add(configuration.github().webhookSecretPrevious());
    }
    HttpServer server =
        HttpApi.assemble(
            useCases,
            ports,
            stores,
            changes,
            new HttpApi.HttpDependencies(
                configuration.http(), configuration.api(), secrets, meters, streams, health),
            pages);
    resources.add(server);
    // closed before the server, which would wait for the streams to end
    resources.add(streams);
    return server;
  }
}
