package io.cite.adapters.github;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.cite.core.contract.Servers;
import io.cite.core.domain.deploy.ReportedState;
import io.cite.core.domain.deploy.SagaId;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.port.HookSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Bodies against GitHub's own description of its API, where that lies beside the project. */
class GitHubBodiesTest extends WithGitHub {
  private static final String OF_REPO = "/repos/{owner}/{repo}";

  @Test
  void sendsWhatGitHubDescribes() throws IOException {
    Path path = Servers.published("CITE_GITHUB_DESCRIPTION", "api.github.com.subset.json");
    JsonNode description = GitHubRest.JSON.readTree(Files.readAllBytes(path));

    answer(any(anyUrl()).atPriority(9), json(201, "{\"id\":1,\"permission\":\"none\"}"));
    on("GET", REPO + "/hooks?per_page=100", 200, "[]");
    host.hooks().ensure(HELLO, new HookSpec("https://cite.example.com", Set.of("push"), secret()));
    host.collaborators().ensure(HELLO, "ann");
    host.reports()
        .reportStatus(HELLO, ONE, CommitStatus.State.SUCCESS, "c", "d", "https://ci.example.com");
    host.reports().announce(HELLO, ONE, "hello/main", new SagaId("acme/hello/main#1@0"), "d");
    host.reports()
        .reportDeployment(HELLO, 1, ReportedState.SUCCESS, "d", "https://hello.example.com");

    Map<String, String> described =
        Map.of(
            "POST " + REPO + "/hooks", "/hooks",
            "PUT " + REPO + "/collaborators/ann", "/collaborators/{username}",
            "POST " + REPO + "/statuses/" + ONE, "/statuses/{sha}",
            "POST " + REPO + "/deployments", "/deployments",
            "POST " + REPO + "/deployments/1/statuses", "/deployments/{deployment_id}/statuses");
    assertThat(requests()).containsAll(described.keySet());
    List<ServeEvent> events = events();
    for (int i = 0; i < events.size(); i++) {
      String route = described.get(requests().get(i));
      if (route != null) {
        String method = events.get(i).getRequest().getMethod().getName().toLowerCase(Locale.ROOT);
        JsonNode operation = description.path("paths").path(OF_REPO + route).path(method);
        JsonNode schema =
            operation.path("requestBody").path("content").path("application/json").path("schema");
        String body = events.get(i).getRequest().getBodyAsString();
        conforms(requests().get(i), schema, GitHubRest.JSON.readTree(body));
      }
    }
  }

  private static Secret secret() {
    return Secret.of("s");
  }

  private static void conforms(String request, JsonNode schema, JsonNode body) {
    JsonNode properties = schema.path("properties");
    assertThat(properties.isObject()).as(request).isTrue();
    assertThat(properties.propertyNames()).as(request).containsAll(body.propertyNames());
    for (JsonNode required : schema.path("required")) {
      assertThat(body.has(required.asString())).as(request + " " + required).isTrue();
    }
    for (String name : body.propertyNames()) {
      JsonNode property = properties.path(name);
      JsonNode value = body.path(name);
      if (property.has("enum")) {
        assertThat(property.path("enum")).as(request + " " + name).contains(value);
      }
      switch (property.path("type").asString("")) {
        case "string" -> assertThat(value.isString()).as(request + " " + name).isTrue();
        case "boolean" -> assertThat(value.isBoolean()).as(request + " " + name).isTrue();
        case "array" -> assertThat(value.isArray()).as(request + " " + name).isTrue();
        case "object" -> conforms(request + " " + name, property, value);
        default -> assertThat(value.isNull()).as(request + " " + name).isFalse();
      }
    }
  }
}
