package io.cite.server.adapter.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.Secret;
import io.cite.core.error.Upstream;
import io.cite.server.fixture.LocalServer;
import io.cite.server.fixture.LocalServer.Reply;
import io.cite.server.fixture.LocalServer.Request;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KibanaDataViewsTest {
  private static final Namespace ACME = Namespace.parse("acme");
  private static final String VIEWS = "/s/team/api/data_views/data_view";

  private volatile boolean exists;
  private volatile Function<Request, Reply> onPost = request -> Reply.of(200, "{}");
  private final LocalServer kibana = new LocalServer(this::answer);
  private final KibanaDataViews views =
      new KibanaDataViews(
          kibana.url().resolve("s/team/"),
          new ElasticsearchSettings(
              kibana.url(), kibana.url(), ".kibana", Secret.of("a2V5"), Duration.ofSeconds(5)));

  @AfterEach
  void stop() {
    kibana.close();
  }

  private Reply answer(Request request) {
    if (request.method().equals("POST")) {
      return onPost.apply(request);
    }
    return exists ? Reply.of(200, "{}") : Reply.of(404, "{\"statusCode\":404}");
  }

  @Test
  void makesAViewThatIsNotThere() {
    assertThat(views.ensure(ACME)).isTrue();

    Request post = kibana.requests().get(1);
    assertThat(post.target()).isEqualTo(VIEWS);
    assertThat(post.header("kbn-xsrf")).isNotEmpty();
    assertThat(post.header("Authorization")).isEqualTo("ApiKey a2V5");
    assertThat(post.body())
        .contains("\"id\":\"cite-acme\"")
        .contains("\"title\":\"acme-*\"")
        .contains("\"timeFieldName\":\"@timestamp\"")
        .contains("\"override\":false");
  }

  @Test
  void leavesAViewThatIsThere() {
    exists = true;

    assertThat(views.ensure(ACME)).isFalse();
    assertThat(kibana.requests()).hasSize(1);
  }

  @Test
  void acceptsThatSomebodyElseWasFaster() {
    onPost =
        request -> {
          exists = true;
          return Reply.of(400, "{\"message\":\"Duplicate data view: cite-acme\"}");
        };

    assertThat(views.ensure(ACME)).isFalse();
  }

  @Test
  void takesARefusalForGood() {
    onPost = request -> Reply.of(400, "{\"message\":\"no\"}");

    assertThatThrownBy(() -> views.ensure(ACME))
        .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageContaining("Kibana");
  }

  @Test
  void mayAskAgainWhileKibanaStarts() {
    onPost = request -> Reply.of(503, "Kibana server is not ready yet");

    assertThatThrownBy(() -> views.ensure(ACME))
        .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isTrue());
  }

  @Test
  void removesAViewAndDoesNotMissOne() {
    views.remove(ACME);

    assertThat(kibana.requests().get(0).method()).isEqualTo("DELETE");
    assertThat(kibana.requests().get(0).target()).isEqualTo(VIEWS + "/cite-acme");
  }
}
