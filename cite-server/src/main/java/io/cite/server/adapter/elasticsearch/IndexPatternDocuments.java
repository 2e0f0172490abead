package io.cite.server.adapter.elasticsearch;

import co.elastic.clients.elasticsearch._types.Result;
import io.cite.core.domain.service.Namespace;
import java.util.Map;

/**
 * Index patterns as documents in the index where Kibana keeps its objects, for a Kibana that cannot
 * be reached from here. Kibana takes them over when it starts.
 */
final class IndexPatternDocuments implements DataViews {
  private final ElasticsearchCalls elasticsearch;
  private final String index;

  IndexPatternDocuments(ElasticsearchCalls elasticsearch, String index) {
    this.elasticsearch = elasticsearch;
    this.index = index;
  }

  @Override
  public boolean ensure(Namespace namespace) {
    Map<String, Object> document =
        Map.of(
            "type",
            "index-pattern",
            "index-pattern",
            Map.of("title", DataViews.pattern(namespace), "timeFieldName", "@timestamp"));
    Result result =
        elasticsearch.<Result>makeUnless(
            409,
            "create the index pattern of " + namespace,
            client ->
                client
                    .create(make -> make.index(index).id(id(namespace)).document(document))
                    .result(),
            Result.NoOp);
    return result == Result.Created;
  }

  @Override
  public void remove(Namespace namespace) {
    elasticsearch.<Result>makeUnless(
        404,
        "remove the index pattern of " + namespace,
        client -> client.delete(gone -> gone.index(index).id(id(namespace))).result(),
        Result.NotFound);
  }

  private static String id(Namespace namespace) {
    return "index-pattern:" + DataViews.id(namespace);
  }
}
