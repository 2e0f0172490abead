package io.cite.server.adapter.elasticsearch;

import io.cite.core.domain.service.Secret;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where logs are kept.
 *
 * @param url Elasticsearch's root
 * @param kibana Kibana's root, with the path of its space if it is not the default one; null if
 *     data views are written to {@code kibanaIndex} instead
 * @param kibanaIndex where Kibana keeps its objects; {@code .kibana}
 * @param apiKey for both, as Elasticsearch gives it out (encoded); null if neither asks for one
 * @param timeout how long a call may take
 */
public record ElasticsearchSettings(
    URI url, @Nullable URI kibana, String kibanaIndex, @Nullable Secret apiKey, Duration timeout) {
  /** Kibana's usual index. */
  public static final String KIBANA_INDEX = ".kibana";

  /** How long a call may take unless somebody says otherwise. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Servers that ask for no key, with the usual timeout. */
  public ElasticsearchSettings(URI url, @Nullable URI kibana) {
    this(url, kibana, KIBANA_INDEX, null, TIMEOUT);
  }

  /** The header's value for the key; null if there is none. */
  @Nullable String authorization() {
    return apiKey == null ? null : "ApiKey " + apiKey.reveal();
  }
}
