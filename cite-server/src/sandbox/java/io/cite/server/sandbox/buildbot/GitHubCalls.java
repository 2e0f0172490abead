package io.cite.server.sandbox.buildbot;

import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.Upstream;
import io.cite.server.outbound.Answer;
import io.cite.server.outbound.OutboundHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The two things that Buildbot does at GitHub's REST API: read a file, write a commit status. */
final class GitHubCalls {
  private static final String CONTEXT = "buildbot/cite-build";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_ANSWER = 2 * 1024 * 1024;

  private final String api;
  private final Secret token;
  private final OutboundHttp http = new OutboundHttp("the sandbox GitHub", TIMEOUT);

  GitHubCalls(URI api, Secret token) {
    this.api = api.toString().replaceAll("/+$", "");
    this.token = token;
  }

  /** The Dockerfile of a revision; empty if there is none. */
  Optional<String> dockerfile(RepositoryName repository, CommitId commit) {
    String operation = "read the Dockerfile of " + repository;
    String path = "/repos/" + repository + "/contents/Dockerfile?ref=" + commit;
    Answer answer = http.send(operation, request(path), MAX_ANSWER);
    if (answer.status() == 404) {
      return Optional.empty();
    }
    if (!answer.isSuccess()) {
      throw http.refusal(operation, answer);
    }
    String content = JsonMapper.shared().readTree(answer.body()).path("content").asString("");
    return Optional.of(new String(Base64.getMimeDecoder().decode(content), StandardCharsets.UTF_8));
  }

  /**
   * Writes a commit status.
   *
   * @throws Upstream if it is not taken
   */
  void status(SourceStamp build, String state, String description, String page) {
    String operation = "write a status of " + build.repository();
    Map<String, String> status =
        Map.of(
            "state", state,
            "context", CONTEXT,
            "description", description,
            "target_url", page);
    HttpRequest.BodyPublisher body =
        HttpRequest.BodyPublishers.ofByteArray(JsonMapper.shared().writeValueAsBytes(status));
    String path = "/repos/" + build.repository() + "/statuses/" + build.commit();
    Answer answer = http.send(operation, request(path).POST(body), MAX_ANSWER);
    if (!answer.isSuccess()) {
      throw http.refusal(operation, answer);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(api + path))
        .header("Authorization", "Bearer " + token.reveal())
        .header("Accept", "application/vnd.github+json")
        .header("Content-Type", "application/json");
  }
}
