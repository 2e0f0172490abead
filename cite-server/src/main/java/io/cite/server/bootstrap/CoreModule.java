package io.cite.server.bootstrap;

import dagger.Module;
import dagger.Provides;
import io.cite.core.EngineThreads;
import io.cite.core.UseCases;
import io.cite.core.domain.image.ImagePolicy;
import io.cite.core.domain.service.Namespace;
import io.cite.core.engine.Engine;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Ports;
import io.cite.core.engine.StateChanges;
import io.cite.core.engine.schedule.Work;
import io.cite.core.engine.store.Stores;
import io.cite.core.error.CiteException;
import io.cite.core.port.AuditTrail;
import io.cite.core.port.Builder;
import io.cite.core.port.InstantSource;
import io.cite.core.port.Leadership;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.Notifications;
import io.cite.core.port.SecretSealer;
import io.cite.core.port.cluster.Cluster;
import io.cite.core.port.source.SourceHost;
import io.cite.server.adapter.elasticsearch.ElasticsearchLogIndex;
import io.cite.server.adapter.registry.HttpImageRegistry;
import io.cite.server.config.Configuration;
import io.cite.server.config.EngineConfiguration;
import io.cite.server.config.RegistryConfiguration;
import io.cite.server.http.PublicLinks;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The core: its ports in one hand, its settings, its use cases, its engine. */
@Module
final class CoreModule {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final String STATUS_CONTEXT = "buildbot/cite-build";

  private CoreModule() {}

  @Provides
  @Singleton
  static InstantSource clock() {
    return Clock.systemUTC()::instant;
  }

  @Provides
  @Singleton
  static Ports ports(
      SourceHost source,
      Builder builder,
      Cluster cluster,
      MetadataStore store,
      Optional<ElasticsearchLogIndex> logIndex,
      Optional<HttpImageRegistry> registry,
      Notifications notifications,
      AuditTrail audit,
      SecretSealer sealer,
      InstantSource clock) {
    return new Ports(
        source,
        builder,
        cluster,
        store,
        logIndex.orElse(null),
        registry.orElse(null),
        notifications,
        audit,
        sealer,
        new SlewingClock(clock, System::nanoTime));
  }

  @Provides
  @Singleton
  static Stores stores(Ports ports) {
    return new Stores(ports.store());
  }

  @Provides
  @Singleton
  static StateChanges changes(Ports ports, Stores stores) {
    return new StateChanges(ports.store(), stores);
  }

  @Provides
  @Singleton
  static EngineSettings settings(Configuration configuration) {
    EngineConfiguration engine = configuration.engine();
    return new EngineSettings(
        PublicLinks.at(configuration.http().publicUrl().toString()),
        STATUS_CONTEXT,
        images(configuration.registry()),
        configuration.github().collaborator(),
        configuration.kubernetes().adoptNamespaces().stream()
            .map(Namespace::value)
            .collect(Collectors.toUnmodifiableSet()),
        configuration.kubernetes().rolloutTimeout(),
        configuration.kubernetes().confirmTimeout(),
        configuration.kubernetes().draining().delay(),
        configuration.kubernetes().draining().standby(),
        configuration.kubernetes().draining().standbyTime(),
        configuration.buildbot().buildTimeout(),
        engine.createTimeout(),
        engine.retainRollouts(),
        engine.keepRollouts(),
        engine.retainHistory(),
        engine.retainDeliveries(),
        engine.sweepInterval(),
        engine.sweepRequests());
  }

  @Provides
  @Singleton
  static UseCases useCases(Ports ports, Stores stores, EngineSettings settings) {
    return UseCases.of(ports, stores, settings);
  }

  private static ImagePolicy images(RegistryConfiguration registry) {
    String prefix = registry.prefix();
    URI url = registry.url();
    if (prefix != null) {
      return new ImagePolicy(prefix);
    }
    return url == null ? ImagePolicy.unrestricted() : new ImagePolicy(url.getAuthority());
  }

  @Provides
  @Singleton
  static Engine engine(
      Ports ports,
      Stores stores,
      EngineSettings settings,
      Leadership leadership,
      Configuration configuration,
      Resources resources) {
    int workers = configuration.engine().workers();
    return resources.add(
        new Engine(
            ports,
            stores,
            settings,
            leadership,
            workers,
            () -> EngineThreads.pool(workers),
            CoreModule::logFailure));
  }

  /** A failure of another system is one sentence; a defect of CITE comes with its stack trace. */
  private static void logFailure(Work work, RuntimeException failure) {
    if (failure instanceof CiteException) {
      LOG.warn("{}: {} CITE tries again.", work, failure.getMessage());
    } else {
      LOG.error("{} failed. CITE tries again.", work, failure);
    }
  }
}
