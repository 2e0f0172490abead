package io.cite.server.adapter.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cite.core.domain.service.Namespace;
import io.cite.core.error.Upstream;
import io.cite.server.fixture.LocalServer;
import io.cite.server.fixture.LocalServer.Reply;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElasticsearchFailuresTest {

  @ParameterizedTest
  @CsvSource({"400,false", "403,false", "429,true", "500,true", "503,true"})
  void tellsRefusalsFromFailures(int status, boolean isRetryable) {
    try (LocalServer server =
            new LocalServer(
                request ->
                    Reply.of(status, "{\"error\":{\"type\":\"x\",\"reason\":\"y\"},\"status\":1}")
                        .with("X-Elastic-Product", "Elasticsearch")
                        .with("Content-Type", "application/json"));
        ElasticsearchLogIndex index = index(server.url())) {
      assertThat(failure(index).isRetryable()).isEqualTo(isRetryable);
    }
  }

  @Test
  void mayAskAgainWhereNobodyListens() {
    try (ElasticsearchLogIndex index = index(URI.create("http://127.0.0.1:1"))) {
      assertThat(failure(index).isRetryable()).isTrue();
    }
  }

  @Test
  void mayAskAgainWhereSomethingElseAnswers() {
    try (LocalServer server = new LocalServer(request -> Reply.of(200, "<html>"));
        ElasticsearchLogIndex index = index(server.url())) {
      assertThat(failure(index)).hasMessageContaining("Elasticsearch");
    }
  }

  private static ElasticsearchLogIndex index(URI url) {
    return new ElasticsearchLogIndex(new ElasticsearchSettings(url, null));
  }

  private static Upstream failure(ElasticsearchLogIndex index) {
    Upstream failure =
        catchThrowableOfType(Upstream.class, () -> index.ensureIndex(Namespace.parse("acme")));
    assertThat(failure).isNotNull();
    return failure;
  }
}
