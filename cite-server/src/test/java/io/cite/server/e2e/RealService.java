package io.cite.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.core.contract.Servers;
import io.cite.server.fixture.JsonClient;
import io.cite.server.fixture.LocalServer;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a developer sees of their service on {@link RealServers}, and what they push to it. */
final class RealService {
  static final Duration SOON = Duration.ofSeconds(30);
  static final Duration BUILT_AND_LIVE = Duration.ofMinutes(3);
  private static final String CONTEXT = "buildbot/cite-build";

  private final RealServers servers;
  private final JsonClient cite;
  private final KubernetesClient kubernetes;
  private final LocalServer receiver;
  private final String repository;
  private final String owner;
  private final String environment;
  private final Checkout checkout;
  private final HttpClient browser = HttpClient.newHttpClient();

  RealService(
      RealServers servers, KubernetesClient kubernetes, LocalServer receiver, String repository)
      throws Exception {
    this.servers = servers;
    this.cite = servers.cite();
    this.kubernetes = kubernetes;
    this.receiver = receiver;
    this.repository = repository;
    this.owner = repository.substring(0, repository.indexOf('/'));
    this.environment = "/v1/services/" + repository + "/environments/main";
    this.checkout = servers.checkout(repository);
  }

  String push(String message, Map<String, String> files) throws Exception {
    return checkout.push(message, files);
  }

  static String dockerfile() {
    return """
        FROM %s
        COPY index.html /srv/
        EXPOSE 8080
        CMD ["httpd", "-f", "-p", "8080", "-h", "/srv"]
        """
        .formatted(Servers.require("RIG_BASE_IMAGE"));
  }

  String push(String message, String page) throws Exception {
    return push(message, Map.of("Dockerfile", dockerfile(), "index.html", page + "\n"));
  }

  void awaitLive(String commit) {
    await("commit " + commit + " to be live")
        .atMost(BUILT_AND_LIVE)
        .untilAsserted(
            () -> {
              JsonClient.Answer now = cite.get(environment).expect(200);
              assertThat(now.text("state")).as(now.body()).isEqualTo("LIVE");
              assertThat(now.json().at("/live/commit").asString())
                  .as(() -> cite.get("/v1/why/" + repository + "/" + commit).body())
                  .isEqualTo(commit);
            });
  }

  /** Until all that was built is decided upon and nothing is under way. */
  void awaitQuiet() {
    await()
        .atMost(BUILT_AND_LIVE)
        .untilAsserted(
            () -> {
              JsonClient.Answer now = cite.get(environment).expect(200);
              assertThat(now.text("state")).as(now.body()).isEqualTo("LIVE");
              JsonNode build = now.json().path("lastBuild");
              assertThat(build.path("endedAt").isNull()).as(now.body()).isFalse();
              assertThat(build.path("image").isNull() || !build.path("decision").isNull())
                  .as(now.body())
                  .isTrue();
            });
  }

  JsonNode awaitNotice(String kind, String commit) {
    return await("the notice " + kind)
        .atMost(BUILT_AND_LIVE)
        .until(
            () ->
                receiver.requests().stream()
                    .map(request -> JsonMapper.shared().readTree(request.body()))
                    .filter(notice -> notice.path("kind").asString().equals(kind))
                    .filter(notice -> notice.path("commit").asString().equals(commit))
                    .toList(),
            notices -> !notices.isEmpty())
        .get(0);
  }

  List<String> statuses(String commit) {
    // newest first
    List<String> states =
        new java.util.ArrayList<>(
            texts(
                servers.listed("/repos/" + repository + "/commits/" + commit + "/statuses").stream()
                    .filter(status -> status.path("context").asString().equals(CONTEXT))
                    .map(status -> status.path("state"))));
    java.util.Collections.reverse(states);
    return states;
  }

  List<JsonNode> deployments(String commit) {
    return servers.listed("/repos/" + repository + "/deployments").stream()
        .filter(deployment -> deployment.path("ref").asString().equals(commit))
        .toList();
  }

  void awaitReported(String commit) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(deployments(commit)).isNotEmpty();
              JsonNode deployment = deployments(commit).get(0);
              assertThat(deployment.path("environment").asString()).isEqualTo("hello/main");
              String path =
                  "/repos/" + repository + "/deployments/" + deployment.path("id").asLong();
              assertThat(
                      texts(
                          servers.listed(path + "/statuses").stream()
                              .map(status -> status.path("state"))))
                  .contains("pending", "success");
            });
  }

  Service kubernetesService() {
    return kubernetes.services().inNamespace(owner).withName("hello-main").get();
  }

  URI address() {
    return URI.create(cite.get(environment).expect(200).text("url") + "/");
  }

  void awaitPage(String text) {
    URI page = address();
    assertThat(page.getHost()).isEqualTo("127.0.0.1");
    await("the page " + text)
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              HttpResponse<String> answer =
                  browser.send(
                      HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(5)).build(),
                      HttpResponse.BodyHandlers.ofString());
              assertThat(answer.body().strip()).isEqualTo(text);
            });
  }

  static List<String> texts(Stream<JsonNode> nodes) {
    return nodes.map(node -> node.asString("")).toList();
  }
}
