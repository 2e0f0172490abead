package io.cite.server.bootstrap;

import dagger.Module;
import dagger.Provides;
import io.cite.server.adapter.elasticsearch.ElasticsearchLogIndex;
import io.cite.server.adapter.elasticsearch.ElasticsearchSettings;
import io.cite.server.config.Configuration;
import io.cite.server.config.LogIndexConfiguration;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Where pod logs are indexed, if anywhere. */
@Module
final class LogIndexModule {
  private LogIndexModule() {}

  @Provides
  @Singleton
  static Optional<ElasticsearchLogIndex> logIndex(
      Configuration configuration, Resources resources) {
    LogIndexConfiguration index = configuration.logIndex();
    return Optional.ofNullable(index.elasticsearch())
        .map(
            url ->
                resources.add(
                    new ElasticsearchLogIndex(
                        new ElasticsearchSettings(
                            url,
                            index.kibana(),
                            ElasticsearchSettings.KIBANA_INDEX,
                            index.apiKey(),
                            index.timeout()))));
  }
}
