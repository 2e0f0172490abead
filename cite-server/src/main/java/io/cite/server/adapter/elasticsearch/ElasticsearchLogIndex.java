package io.cite.server.adapter.elasticsearch;

import co.elastic.clients.elasticsearch._types.HealthStatus;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.elasticsearch.indices.get_index_template.IndexTemplateItem;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import io.cite.core.error.Upstream;
import io.cite.core.port.LogIndex;
import io.cite.core.port.LogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@link LogIndex} over Elasticsearch and Kibana: of each namespace an index template {@code
 * cite-{namespace}} for the indexes {@code {namespace}-*}, and a data view of the same id. The
 * documents themselves are written by a log shipper. Connects when first used. Thread-safe.
 *
 * @see <a
 *     href="https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-indices-put-index-template">Index
 *     templates</a>
 */
public final class ElasticsearchLogIndex implements LogIndex, AutoCloseable {
  private final ElasticsearchCalls elasticsearch;
  private final DataViews views;

  /** The configured servers; connects to nothing yet. */
  public ElasticsearchLogIndex(ElasticsearchSettings settings) {
    this.elasticsearch = new ElasticsearchCalls(settings);
    this.views =
        settings.kibana() == null
            ? new IndexPatternDocuments(elasticsearch, settings.kibanaIndex())
            : new KibanaDataViews(settings.kibana(), settings);
  }

  @Override
  public boolean ensureIndex(Namespace namespace) {
    boolean madeTemplate = ensureTemplate(namespace);
    boolean madeView = views.ensure(namespace);
    return madeTemplate || madeView;
  }

  private boolean ensureTemplate(Namespace namespace) {
    String name = DataViews.id(namespace);
    List<IndexTemplateItem> found =
        elasticsearch.<List<IndexTemplateItem>>makeUnless(
            404,
            "read the index template " + name,
            client -> client.indices().getIndexTemplate(get -> get.name(name)).indexTemplates(),
            List.of());
    if (!found.isEmpty() && isCurrent(found.get(0))) {
      return false;
    }
    elasticsearch.make(
        "create the index template " + name,
        client -> client.indices().putIndexTemplate(LogTemplate.of(namespace)));
    return true;
  }

  private static boolean isCurrent(IndexTemplateItem template) {
    return Objects.requireNonNullElse(template.indexTemplate().version(), 0L)
        >= LogTemplate.VERSION;
  }

  @Override
  public void removeIndex(Namespace namespace) {
    views.remove(namespace);
    String name = DataViews.id(namespace);
    elasticsearch.<Boolean>makeUnless(
        404,
        "remove the index template " + name,
        client -> client.indices().deleteIndexTemplate(gone -> gone.name(name)).acknowledged(),
        false);
  }

  /**
   * {@inheritDoc}
   *
   * @param limit more than 10,000 counts as 10,000, which is as much as Elasticsearch gives at once
   */
  @Override
  public List<LogLine> search(
      EnvironmentId environment, @Nullable String text, @Nullable Instant since, int limit) {
    if (limit <= 0) {
      return List.of();
    }
    List<Hit<JsonNode>> hits =
        elasticsearch.make(
            "search the logs of " + environment,
            client ->
                client
                    .search(LogSearch.request(environment, text, since, limit), JsonNode.class)
                    .hits()
                    .hits());
    List<LogLine> lines = new ArrayList<>(hits.size());
    for (Hit<JsonNode> hit : hits) {
      if (hit.source() != null) {
        lines.add(LogSearch.line(hit.source()));
      }
    }
    Collections.reverse(lines);
    return List.copyOf(lines);
  }

  /**
   * Asks whether Elasticsearch can work.
   *
   * @throws Upstream if it cannot be reached or has lost shards
   */
  public void check() {
    HealthStatus health =
        elasticsearch.make(
            "ask for the cluster's health", client -> client.cluster().health().status());
    if (health == HealthStatus.Red) {
      throw Upstream.retryable(
          "Elasticsearch", "use the cluster", "its health is red: shards are missing", null);
    }
  }

  @Override
  public void close() {
    elasticsearch.close();
  }
}
