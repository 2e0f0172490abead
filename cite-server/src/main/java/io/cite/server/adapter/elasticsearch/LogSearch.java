package io.cite.server.adapter.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldSort;
import co.elastic.clients.elasticsearch._types.FieldSortNumericType;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.mapping.FieldType;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Operator;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import io.cite.core.port.LogLine;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How an environment's lines are found among the documents that log shippers write. Fluent Bit and
 * Filebeat name the same things differently, and an index made before the template has a {@code
 * .keyword} below each text; every name is asked for. {@code docs/logs.md} lists them.
 */
final class LogSearch {
  private static final int MOST = 10_000;
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSX").withZone(ZoneOffset.UTC);
  private static final List<String> NAMESPACE =
      List.of("kubernetes.namespace", "kubernetes.namespace_name");
  private static final List<String> POD = List.of("kubernetes.pod.name", "kubernetes.pod_name");
  private static final List<String> INSTANCE =
      List.of(
          "kubernetes.labels.app.kubernetes.io/instance",
          "kubernetes.labels.app_kubernetes_io/instance",
          "kubernetes.labels.app_kubernetes_io_instance");
  private static final List<String> TEXT = List.of("message", "log");

  private LogSearch() {}

  /** Asks for the youngest lines first, so that the limit cuts off the oldest. */
  static SearchRequest request(
      EnvironmentId environment, @Nullable String text, @Nullable Instant since, int limit) {
    BoolQuery.Builder query =
        new BoolQuery.Builder()
            .filter(inNamespace(environment.namespace()))
            .filter(ofEnvironment(environment.name()));
    if (since != null) {
      query.filter(q -> q.range(r -> r.date(d -> d.field("@timestamp").gt(exactly(since)))));
    }
    if (text != null && !text.isBlank()) {
      query.must(
          q ->
              q.multiMatch(
                  words -> words.query(text).fields(TEXT).operator(Operator.And).lenient(true)));
    }
    return new SearchRequest.Builder()
        .index(DataViews.pattern(environment.namespace()))
        .ignoreUnavailable(true)
        .allowNoIndices(true)
        .size(Math.min(limit, MOST))
        .query(query.build()._toQuery())
        .sort(youngestFirst("@timestamp"), SortOptions.of(s -> s.doc(d -> d.order(SortOrder.Desc))))
        .build();
  }

  /** Elasticsearch takes a bound without a fraction for the end of that second. */
  private static String exactly(Instant time) {
    return EXACT.format(time);
  }

  private static SortOptions youngestFirst(String field) {
    return SortOptions.of(
        sort ->
            sort.field(
                FieldSort.of(
                    by ->
                        by.field(field)
                            .order(SortOrder.Desc)
                            .unmappedType(FieldType.DateNanos)
                            .numericType(FieldSortNumericType.DateNanos))));
  }

  /** The index pattern {@code acme-*} covers {@code acme-corp-*} too; this does not. */
  private static Query inNamespace(Namespace namespace) {
    return any(terms(NAMESPACE, namespace.value()).toList());
  }

  private static Query ofEnvironment(String name) {
    // A pod is {environment}-{number}-{5 characters}; without labels its name is all there is.
    String pods = name + "-[0-9]+-[a-z0-9]{5}";
    Stream<Query> byName =
        withKeyword(POD).map(field -> Query.of(q -> q.regexp(pod -> pod.field(field).value(pods))));
    return any(Stream.concat(terms(INSTANCE, name), byName).toList());
  }

  private static Stream<Query> terms(List<String> fields, String value) {
    return withKeyword(fields)
        .map(field -> Query.of(q -> q.term(term -> term.field(field).value(value))));
  }

  private static Stream<String> withKeyword(List<String> fields) {
    return fields.stream().flatMap(field -> Stream.of(field, field + ".keyword"));
  }

  private static Query any(List<Query> queries) {
    return Query.of(q -> q.bool(b -> b.should(queries).minimumShouldMatch("1")));
  }

  /** The line that a document holds. */
  static LogLine line(JsonNode document) {
    JsonNode kubernetes = document.path("kubernetes");
    String pod = kubernetes.path("pod").path("name").asString("");
    String text = document.path("message").asString("");
    return new LogLine(
        at(document.path("@timestamp")),
        pod.isEmpty() ? kubernetes.path("pod_name").asString("") : pod,
        (text.isEmpty() ? document.path("log").asString("") : text).stripTrailing());
  }

  private static String at(JsonNode timestamp) {
    return timestamp.isNumber()
        ? Instant.ofEpochMilli(timestamp.asLong()).toString()
        : timestamp.asString("");
  }
}
