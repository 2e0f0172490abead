package io.cite.adapters.github;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.request;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** A server that answers what the test tells it to, and the requests that it got. */
abstract class WithGitHub {
  static final RepositoryName HELLO = RepositoryName.parse("acme/hello");
  static final String REPO = "/repos/acme/hello";
  static final CommitId ONE = CommitId.parse("1".repeat(40));
  static final CommitId TWO = CommitId.parse("2".repeat(40));
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @RegisterExtension
  static final WireMockExtension SERVER =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  GitHubSourceHost host = new GitHubSourceHost(settings(), () -> NOW);

  @BeforeEach
  void connect() {
    host = new GitHubSourceHost(settings(), () -> NOW);
    answer(any(WireMock.anyUrl()).atPriority(10), json(404, "{\"message\":\"Not Found\"}"));
  }

  static GitHubSettings settings() {
    URI api = SERVER.getPort() > 0 ? api() : URI.create("http://127.0.0.1:1");
    return new GitHubSettings(
        api, new GitHubSettings.Token(Secret.of("t0ken")), Duration.ofSeconds(30), null);
  }

  static URI api() {
    return URI.create("http://127.0.0.1:" + SERVER.getPort() + "/api/v3");
  }

  static void answer(MappingBuilder request, ResponseDefinitionBuilder response) {
    SERVER.stubFor(request.willReturn(response));
  }

  /** Answers a request for exactly this path and query. */
  static void on(String method, String url, int status, String body) {
    answer(request(method, urlEqualTo("/api/v3" + url)), json(status, body));
  }

  static ResponseDefinitionBuilder json(int status, String body) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/json; charset=utf-8")
        .withBody(body);
  }

  /** The requests so far, oldest first, as {@code METHOD url}. */
  static List<String> requests() {
    List<String> all = new ArrayList<>();
    for (ServeEvent event : events()) {
      String url = event.getRequest().getUrl().substring("/api/v3".length());
      all.add(event.getRequest().getMethod() + " " + url);
    }
    return all;
  }

  /** The body of the last request. */
  static JsonNode sent() {
    List<ServeEvent> events = events();
    return GitHubRest.JSON.readTree(events.get(events.size() - 1).getRequest().getBodyAsString());
  }

  static List<ServeEvent> events() {
    List<ServeEvent> events = new ArrayList<>(SERVER.getAllServeEvents());
    Collections.reverse(events);
    return events;
  }

  static String repositoryJson() {
    return """
        {"id":7,"name":"hello","full_name":"acme/hello","owner":{"login":"acme","id":1},
         "html_url":"https://github.com/acme/hello","default_branch":"main","archived":true,
         "permissions":{"admin":false,"push":true,"pull":true},"a_new_field":{"x":1}}""";
  }
}
