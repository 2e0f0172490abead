package io.cite.server.adapter.elasticsearch;

import io.cite.core.domain.service.Namespace;
import io.cite.server.outbound.Answer;
import io.cite.server.outbound.OutboundHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Data views by Kibana's API.
 *
 * @see <a href="https://www.elastic.co/docs/api/doc/kibana/group/endpoint-data-views">Kibana's data
 *     views API</a>
 */
final class KibanaDataViews implements DataViews {
  private static final int MAX_ANSWER = 1024 * 1024;

  private final String views;
  private final ElasticsearchSettings settings;
  private final OutboundHttp http;

  KibanaDataViews(URI kibana, ElasticsearchSettings settings) {
    this.views = kibana.toString().replaceAll("/+$", "") + "/api/data_views/data_view";
    this.settings = settings;
    this.http = new OutboundHttp("Kibana", settings.timeout());
  }

  @Override
  public boolean ensure(Namespace namespace) {
    if (exists(namespace)) {
      return false;
    }
    String operation = "create the data view of " + namespace;
    Map<String, Object> view =
        Map.of(
            "id", DataViews.id(namespace),
            "name", DataViews.id(namespace),
            "title", DataViews.pattern(namespace),
            "timeFieldName", "@timestamp");
    byte[] body =
        JsonMapper.shared().writeValueAsBytes(Map.of("data_view", view, "override", false));
    Answer answer =
        send(operation, views, request("POST", HttpRequest.BodyPublishers.ofByteArray(body)));
    if (answer.isSuccess()) {
      return true;
    }
    // A view that somebody else made meanwhile is answered with 400 or 409, as versions differ.
    if ((answer.status() == 400 || answer.status() == 409) && exists(namespace)) {
      return false;
    }
    throw http.refusal(operation, answer);
  }

  private boolean exists(Namespace namespace) {
    String operation = "read the data view of " + namespace;
    HttpRequest.Builder get = request("GET", HttpRequest.BodyPublishers.noBody());
    Answer answer = send(operation, views + "/" + DataViews.id(namespace), get);
    if (!answer.isSuccess() && answer.status() != 404) {
      throw http.refusal(operation, answer);
    }
    return answer.isSuccess();
  }

  @Override
  public void remove(Namespace namespace) {
    String operation = "remove the data view of " + namespace;
    HttpRequest.Builder delete = request("DELETE", HttpRequest.BodyPublishers.noBody());
    Answer answer = send(operation, views + "/" + DataViews.id(namespace), delete);
    if (!answer.isSuccess() && answer.status() != 404) {
      throw http.refusal(operation, answer);
    }
  }

  private HttpRequest.Builder request(String method, HttpRequest.BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder()
            .header("kbn-xsrf", "cite")
            .header("Content-Type", "application/json")
            .method(method, body);
    String authorization = settings.authorization();
    return authorization == null ? request : request.header("Authorization", authorization);
  }

  private Answer send(String operation, String url, HttpRequest.Builder request) {
    return http.send(operation, request.uri(URI.create(url)), MAX_ANSWER);
  }
}
