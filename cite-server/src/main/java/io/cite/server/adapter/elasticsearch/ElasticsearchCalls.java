package io.cite.server.adapter.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import io.cite.core.error.Upstream;
import java.io.IOException;
import java.net.URI;
import org.apache.http.HttpHost;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.client.RestClientBuilder;
import org.jspecify.annotations.Nullable;

/** Elasticsearch's client, made when it is first needed, with its failures translated. */
final class ElasticsearchCalls implements AutoCloseable {
  private static final String SYSTEM = "Elasticsearch";

  /** A call on the client. */
  interface Call<T> {
    T on(ElasticsearchClient client) throws IOException;
  }

  private final ElasticsearchSettings settings;
  private @Nullable ElasticsearchClient client;

  ElasticsearchCalls(ElasticsearchSettings settings) {
    this.settings = settings;
  }

  /** Makes a call. */
  @SuppressWarnings("NullAway") // no answer has the status 0
  <T> T make(String operation, Call<T> call) {
    return makeUnless(0, operation, call, null);
  }

  /** Makes a call that may be answered with one status that is no failure. */
  <T extends @Nullable Object> T makeUnless(
      int expected, String operation, Call<? extends T> call, T instead) {
    try {
      return call.on(client());
    } catch (ElasticsearchException e) {
      return unless(expected, e.status(), operation, String.valueOf(e.getMessage()), e, instead);
    } catch (ResponseException e) {
      int status = e.getResponse().getStatusLine().getStatusCode();
      return unless(expected, status, operation, "it answered " + status, e, instead);
    } catch (IOException e) {
      if (e.getCause() instanceof ResponseException low) {
        int status = low.getResponse().getStatusLine().getStatusCode();
        return unless(expected, status, operation, "it answered " + status, e, instead);
      }
      throw Upstream.retryable(SYSTEM, operation, "the connection failed: " + e, e);
    }
  }

  private static <T extends @Nullable Object> T unless(
      int expected, int status, String operation, String why, Exception cause, T instead) {
    if (status == expected) {
      return instead;
    }
    throw status == 429 || status == 408 || status >= 500
        ? Upstream.retryable(SYSTEM, operation, why, cause)
        : Upstream.permanent(SYSTEM, operation, why, cause);
  }

  private synchronized ElasticsearchClient client() {
    if (client == null) {
      client =
          new ElasticsearchClient(
              new RestClientTransport(restClient().build(), new Jackson3JsonpMapper()));
    }
    return client;
  }

  private RestClientBuilder restClient() {
    URI url = settings.url();
    int millis = (int) settings.timeout().toMillis();
    RestClientBuilder builder =
        RestClient.builder(new HttpHost(url.getHost(), url.getPort(), url.getScheme()))
            .setRequestConfigCallback(
                request ->
                    request
                        .setConnectTimeout(millis)
                        .setConnectionRequestTimeout(millis)
                        .setSocketTimeout(millis));
    String authorization = settings.authorization();
    if (authorization != null) {
      builder.setDefaultHeaders(
          new BasicHeader[] {new BasicHeader("Authorization", authorization)});
    }
    String path = url.getPath().replaceAll("/+$", "");
    return path.isEmpty() ? builder : builder.setPathPrefix(path);
  }

  @Override
  public synchronized void close() {
    ElasticsearchClient open = client;
    client = null;
    if (open != null) {
      try {
        open._transport().close();
      } catch (IOException e) {
        throw Upstream.retryable(SYSTEM, "close the connection", String.valueOf(e), e);
      }
    }
  }
}
