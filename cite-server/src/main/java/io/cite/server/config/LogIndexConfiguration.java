package io.cite.server.config;

import io.cite.core.domain.service.Secret;
import io.cite.server.config.ConfigurationKey.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where pod logs are indexed.
 *
 * @param elasticsearch null: logs are only read from the cluster
 * @param kibana null: the data view is written to Kibana's own index
 * @param apiKey for both; null without
 */
public record LogIndexConfiguration(
    @Nullable URI elasticsearch, @Nullable URI kibana, @Nullable Secret apiKey, Duration timeout) {
  private static final ConfigurationKey URL =
      ConfigurationKey.optional(
          "elasticsearch.url",
          Kind.URL,
          "URL of Elasticsearch. Without it, logs come from the cluster only");
  private static final ConfigurationKey API_KEY =
      ConfigurationKey.optional(
          "elasticsearch.apiKey", Kind.SECRET, "API key for Elasticsearch and Kibana");
  private static final ConfigurationKey TIMEOUT =
      ConfigurationKey.of("elasticsearch.timeout", Kind.DURATION, "10s", "Timeout of a call");
  private static final ConfigurationKey KIBANA =
      ConfigurationKey.optional(
          "kibana.url",
          Kind.URL,
          "URL of Kibana. Without it, CITE writes data views to the index of Kibana");

  static final List<ConfigurationKey> KEYS = List.of(URL, API_KEY, TIMEOUT, KIBANA);

  static LogIndexConfiguration from(Values values) {
    URI kibana = values.url(KIBANA);
    if (kibana != null && !values.has(URL)) {
      values.mistake(KIBANA, "needs elasticsearch.url");
    }
    return new LogIndexConfiguration(
        values.url(URL), kibana, values.secret(API_KEY), values.duration(TIMEOUT));
  }
}
