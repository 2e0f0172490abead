package io.cite.server.adapter.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.contract.LogIndexContract;
import io.cite.core.contract.Servers;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.port.LogIndex;
import io.cite.core.port.LogLine;
import io.cite.server.outbound.Answer;
import io.cite.server.outbound.OutboundHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The contract on a real Elasticsearch, with index patterns as documents. */
class RealElasticsearchTest extends LogIndexContract {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  private final OutboundHttp http = new OutboundHttp("Elasticsearch", Duration.ofSeconds(30));
  private final String kibanaIndex = "kibana-of-" + namespace;
  private String root = "";
  private ElasticsearchLogIndex index = new ElasticsearchLogIndex(settings("http://127.0.0.1:1"));

  @BeforeEach
  void connect() {
    root = Servers.require("CITE_ELASTICSEARCH_URL").replaceAll("/+$", "");
    index = new ElasticsearchLogIndex(settings(root));
  }

  @AfterEach
  void cleanUp() {
    if (!root.isEmpty()) {
      index.removeIndex(namespace);
      index.removeIndex(neighbour);
      send("DELETE", "/" + namespace + "-2026", "");
      send("DELETE", "/" + neighbour + "-2026", "");
      send("DELETE", "/" + kibanaIndex, "");
    }
    index.close();
  }

  private ElasticsearchSettings settings(String url) {
    return new ElasticsearchSettings(
        URI.create(url), null, kibanaIndex, null, Duration.ofSeconds(30));
  }

  @Override
  protected LogIndex index() {
    return index;
  }

  /** As Filebeat writes it, with its labels' dots replaced. */
  @Override
  protected void givenLine(EnvironmentId environment, Instant at, String pod, String text) {
    Map<String, Object> labels = Map.of("app_kubernetes_io/instance", environment.name());
    Map<String, Object> kubernetes =
        Map.of(
            "namespace", environment.namespace().value(),
            "pod", Map.of("name", pod),
            "labels", labels);
    write(
        environment,
        Map.of("@timestamp", at.toString(), "message", text, "kubernetes", kubernetes));
  }

  private void write(EnvironmentId environment, Map<String, Object> document) {
    String path = "/" + environment.namespace() + "-2026/_doc?refresh=true";
    Answer answer = send("POST", path, JsonMapper.shared().writeValueAsString(document));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  private Answer send(String method, String path, String body) {
    return http.send(
        method + " " + path,
        HttpRequest.newBuilder(URI.create(root + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body)),
        1024 * 1024);
  }

  @Test
  void findsWhatFluentBitWrites() {
    index.ensureIndex(namespace);
    Map<String, Object> labels =
        Map.of("app.kubernetes.io/instance", environment.name(), "app", "hello");
    Map<String, Object> kubernetes =
        Map.of(
            "namespace_name",
            namespace.value(),
            "pod_name",
            "hello-main-1-abcde",
            "labels",
            labels);
    write(
        environment,
        Map.of("@timestamp", NOON.toString(), "log", "of a label\n", "kubernetes", kubernetes));

    assertThat(index.search(environment, "LABEL", null, 10))
        .containsExactly(new LogLine("2026-01-02T12:00:00Z", "hello-main-1-abcde", "of a label"));
  }

  @Test
  void findsAPodByItsNameWhereThereAreNoLabels() {
    index.ensureIndex(namespace);
    for (String pod : new String[] {"hello-main-12-abcde", "hello-main-x-1-abcde"}) {
      Map<String, Object> kubernetes = Map.of("namespace_name", namespace.value(), "pod_name", pod);
      write(
          environment, Map.of("@timestamp", NOON.toString(), "log", pod, "kubernetes", kubernetes));
    }

    assertThat(index.search(environment, null, null, 10))
        .extracting(LogLine::pod)
        .containsExactly("hello-main-12-abcde");
  }

  @Test
  void findsLinesInAnIndexThatIsOlderThanTheTemplate() {
    givenLine(environment, NOON, "hello-main-1-abcde", "early");
    index.ensureIndex(namespace);

    assertThat(index.search(environment, "early", null, 10)).hasSize(1);
  }

  @Test
  void makesTheTemplateAndTheIndexPatternAsDocumented() {
    index.ensureIndex(namespace);

    JsonNode template =
        json("/_index_template/cite-" + namespace).at("/index_templates/0/index_template");
    assertThat(template.at("/index_patterns/0").asString()).isEqualTo(namespace + "-*");
    assertThat(template.at("/template/mappings/properties/@timestamp/type").asString())
        .isEqualTo("date_nanos");
    assertThat(
            template
                .at("/template/mappings/properties/kubernetes/properties/pod_name/type")
                .asString())
        .isEqualTo("keyword");
    JsonNode pattern =
        json("/" + kibanaIndex + "/_doc/index-pattern:cite-" + namespace).path("_source");
    assertThat(pattern.at("/type").asString()).isEqualTo("index-pattern");
    assertThat(pattern.at("/index-pattern/title").asString()).isEqualTo(namespace + "-*");
    assertThat(pattern.at("/index-pattern/timeFieldName").asString()).isEqualTo("@timestamp");
  }

  private JsonNode json(String path) {
    return JsonMapper.shared().readTree(send("GET", path, "").body());
  }

  @Test
  void answersTheCheck() {
    index.check();
  }
}
