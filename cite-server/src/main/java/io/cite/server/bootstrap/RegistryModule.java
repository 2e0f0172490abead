package io.cite.server.bootstrap;

import dagger.Module;
import dagger.Provides;
import io.cite.server.adapter.registry.HttpImageRegistry;
import io.cite.server.adapter.registry.RegistrySettings;
import io.cite.server.config.Configuration;
import io.cite.server.config.RegistryConfiguration;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The registry of the images, if one is configured. */
@Module
final class RegistryModule {
  private RegistryModule() {}

  @Provides
  @Singleton
  static Optional<HttpImageRegistry> registry(Configuration configuration) {
    RegistryConfiguration registry = configuration.registry();
    return Optional.ofNullable(registry.url())
        .map(
            url ->
                new HttpImageRegistry(
                    new RegistrySettings(
                        url, registry.user(), registry.password(), registry.timeout())));
  }
}
