package io.cite.server.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.cite.core.contract.Servers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds the sandbox's answers against GitHub's own description of its API and its own examples of
 * webhooks. Where these are is for {@link Servers} to say.
 */
class PublishedShapesTest {

  private static final String ADDRESS = "urn:github:description";
  private static final String REPO = "/repos/acme/hello";

  /** Of what the examples show, parts that are other in kind or gone from today's GitHub. */
  private static final Set<String> NOT_OURS =
      Set.of("deployment.payload", "repository.organization", "organization", "installation");

  @TempDir Path data;
  private final JsonMapper mapper = new JsonMapper();
  private Path published;
  private SandboxGitHub sandbox;
  private Caller acme;
  private Caller cite;
  private String head;

  @BeforeEach
  void start() {
    published = Servers.published("CITE_GITHUB_DESCRIPTION", "api.github.com.subset.json");
    sandbox =
        SandboxGitHub.start(
            Options.in(data).withUser("acme", "acme-token").withUser("cite", "cite-token"));
    sandbox.createRepository("acme/hello");
    head =
        sandbox.commit(
            "acme/hello", "main", Map.of("Dockerfile", "FROM scratch\n", "d/f", "f"), "One");
    sandbox.commit("acme/hello", "topic", Map.of("t", "t"), "Two");
    acme = new Caller(sandbox.url(), "acme-token");
    cite = new Caller(sandbox.url(), "cite-token");
  }

  @AfterEach
  void stop() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  @Test
  void answersAreWhatTheDescriptionSays() {
    Checker checker = new Checker(mapper.readTree(published.toFile()));
    checker.get("/user", "/user");
    checker.get("/rate_limit", "/rate_limit");
    checker.send("POST", "/user/repos", "/user/repos", "{\"name\":\"fresh\"}");
    checker.get("/user/repos", "/user/repos");
    checker.get("/repos/{owner}/{repo}", REPO);
    checker.send("PATCH", "/repos/{owner}/{repo}", REPO, "{\"description\":\"x\"}");
    checker.get("/repos/{owner}/{repo}/branches", REPO + "/branches");
    checker.get("/repos/{owner}/{repo}/branches/{branch}", REPO + "/branches/main");
    checker.get("/repos/{owner}/{repo}/commits", REPO + "/commits");
    checker.get("/repos/{owner}/{repo}/commits/{ref}", REPO + "/commits/topic");
    checker.get(
        "/repos/{owner}/{repo}/commits/{commit_sha}/branches-where-head",
        REPO + "/commits/" + head + "/branches-where-head");
    checker.get("/repos/{owner}/{repo}/compare/{basehead}", REPO + "/compare/main...topic");
    checker.get("/repos/{owner}/{repo}/contents/{path}", REPO + "/contents/Dockerfile");
    checker.get("/repos/{owner}/{repo}/contents/{path}", REPO + "/contents/d");
    checker.send(
        "PUT",
        "/repos/{owner}/{repo}/contents/{path}",
        REPO + "/contents/new",
        "{\"message\":\"m\",\"content\":\"eA==\",\"branch\":\"topic\"}");
    checker.get("/repos/{owner}/{repo}/git/ref/{ref}", REPO + "/git/ref/heads/main");
    checker.get(
        "/repos/{owner}/{repo}/git/matching-refs/{ref}", REPO + "/git/matching-refs/heads/");
    statuses(checker);
    hooks(checker);
    people(checker);
    deployments(checker);
    pulls(checker);
    assertThat(checker.problems).isEmpty();
  }

  private void statuses(Checker checker) {
    checker.send(
        "POST",
        "/repos/{owner}/{repo}/statuses/{sha}",
        REPO + "/statuses/" + head,
        "{\"state\":\"pending\"}");
    checker.get("/repos/{owner}/{repo}/commits/{ref}/status", REPO + "/commits/main/status");
    checker.get("/repos/{owner}/{repo}/commits/{ref}/statuses", REPO + "/commits/main/statuses");
  }

  private void hooks(Checker checker) {
    String all = "/repos/{owner}/{repo}/hooks";
    String hook =
        checker
            .send(
                "POST",
                all,
                REPO + "/hooks",
                "{\"config\":{\"url\":\"http://127.0.0.1:9/\",\"secret\":\"s\"}}")
            .text("url");
    checker.get(all, REPO + "/hooks");
    checker.get(all + "/{hook_id}", hook);
    checker.send("PATCH", all + "/{hook_id}", hook, "{\"active\":true}");
    checker.get(all + "/{hook_id}/config", hook + "/config");
    Awaitility.await().until(() -> acme.get(hook + "/deliveries").body().size() == 1);
    checker.get(all + "/{hook_id}/deliveries", hook + "/deliveries");
    long delivery = acme.get(hook + "/deliveries").body().get(0).path("id").asLong();
    checker.get(all + "/{hook_id}/deliveries/{delivery_id}", hook + "/deliveries/" + delivery);
    checker.get(all + "/{hook_id}", hook);
    checker.send("POST", all, REPO + "/hooks", "{\"config\":{}}");
  }

  private void people(Checker checker) {
    String one = "/repos/{owner}/{repo}/collaborators/{username}";
    checker.send("PUT", one, REPO + "/collaborators/cite", "");
    checker.get("/repos/{owner}/{repo}/invitations", REPO + "/invitations");
    checker.check("GET", "/user/repository_invitations", cite.get("/user/repository_invitations"));
    checker.get("/repos/{owner}/{repo}/collaborators", REPO + "/collaborators");
    checker.get(one + "/permission", REPO + "/collaborators/cite/permission");
  }

  private void deployments(Checker checker) {
    String all = "/repos/{owner}/{repo}/deployments";
    String one =
        checker
            .send(
                "POST",
                all,
                REPO + "/deployments",
                "{\"ref\":\"main\",\"required_contexts\":[],\"payload\":{\"a\":1}}")
            .text("url");
    checker.get(all, REPO + "/deployments");
    checker.get(all + "/{deployment_id}", one);
    checker.send(
        "POST",
        all + "/{deployment_id}/statuses",
        one + "/statuses",
        "{\"state\":\"success\",\"environment_url\":\"http://x/\",\"log_url\":\"http://y/\"}");
    checker.get(all + "/{deployment_id}/statuses", one + "/statuses");
    checker.get("/repos/{owner}/{repo}/environments", REPO + "/environments");
    checker.get(
        "/repos/{owner}/{repo}/environments/{environment_name}", REPO + "/environments/production");
  }

  private void pulls(Checker checker) {
    String all = "/repos/{owner}/{repo}/pulls";
    checker.send(
        "POST",
        all,
        REPO + "/pulls",
        "{\"title\":\"T\",\"head\":\"topic\",\"base\":\"main\",\"body\":\"b\"}");
    checker.get(all, REPO + "/pulls");
    checker.get(all + "/{pull_number}", REPO + "/pulls/1");
    String comments = "/repos/{owner}/{repo}/issues/{issue_number}/comments";
    checker.send("POST", comments, REPO + "/issues/1/comments", "{\"body\":\"hello\"}");
    checker.get(comments, REPO + "/issues/1/comments");
  }

  @Test
  void theCheckNoticesAnAnswerOfAnotherShape() {
    Checker checker = new Checker(mapper.readTree(published.toFile()));
    checker.check("GET", "/repos/{owner}/{repo}", acme.get("/users/acme"));
    assertThat(checker.problems).anyMatch(problem -> problem.contains("default_branch"));
  }

  @Test
  void webhooksHaveAllThatTheExamplesHave() throws Exception {
    Path examples = Servers.published("CITE_WEBHOOK_EXAMPLES", "webhooks");
    try (Receiver receiver = new Receiver()) {
      acme.post(
          REPO + "/hooks",
          "{\"events\":[\"*\"],\"config\":{\"content_type\":\"json\",\"url\":\""
              + receiver.url()
              + "\"}}");
      sandbox.commit("acme/hello", "gone", Map.of("g", "g"), "Three");
      sandbox.deleteBranch("acme/hello", "gone");
      acme.post(REPO + "/statuses/" + head, "{\"state\":\"success\"}");
      String deployment = acme.post(REPO + "/deployments", "{\"ref\":\"main\"}").text("url");
      acme.post(deployment + "/statuses", "{\"state\":\"success\"}");
      acme.post(REPO + "/pulls", "{\"title\":\"T\",\"head\":\"topic\",\"base\":\"main\"}");
      for (String event :
          List.of("ping", "push", "status", "delete", "deployment_status", "pull_request")) {
        Path example = examples.resolve(event + ".0.json");
        List<String> missing = new ArrayList<>();
        missing(mapper.readTree(example.toFile()), receiver.await(event, 1).json(), "", missing);
        assertThat(missing).as(event).isEmpty();
      }
    }
  }

  private static void missing(JsonNode example, JsonNode ours, String at, List<String> missing) {
    for (Map.Entry<String, JsonNode> field : example.properties()) {
      String path = at.isEmpty() ? field.getKey() : at + "." + field.getKey();
      if (NOT_OURS.contains(path)) {
        continue;
      }
      if (!ours.has(field.getKey())) {
        missing.add(path);
      } else if (field.getValue().isObject() && ours.get(field.getKey()).isObject()) {
        missing(field.getValue(), ours.get(field.getKey()), path, missing);
      }
    }
  }

  /** Makes calls and notes where answers differ from the description. */
  private final class Checker {

    private final JsonNode description;
    private final SchemaRegistry registry;
    private final List<String> problems = new ArrayList<>();

    Checker(JsonNode description) {
      this.description = description;
      registry =
          SchemaRegistry.withDialect(
              Dialects.getOpenApi30(),
              builder -> builder.schemas(Map.of(ADDRESS, description.toString())));
    }

    Caller.Answer get(String template, String path) {
      return check("GET", template, acme.get(path));
    }

    Caller.Answer send(String method, String template, String path, String body) {
      return check(method, template, acme.call(method, path, body));
    }

    Caller.Answer check(String method, String template, Caller.Answer answer) {
      String call = method + " " + template + " " + answer.status();
      String response =
          "/paths/%s/%s/responses/%d"
              .formatted(
                  template.replace("/", "~1"), method.toLowerCase(Locale.ROOT), answer.status());
      String ref = description.at(response + "/$ref").asString("");
      String schema =
          (ref.isEmpty() ? response : ref.substring(1)) + "/content/application~1json/schema";
      if (description.at(schema).isMissingNode()) {
        problems.add(call + ": not described");
        return answer;
      }
      String pointer = schema.replace("{", "%7B").replace("}", "%7D");
      Schema compiled = registry.getSchema(SchemaLocation.of(ADDRESS + "#" + pointer));
      for (Error error : compiled.validate(answer.body())) {
        problems.add(call + ": " + error.getInstanceLocation() + " " + error.getMessage());
      }
      return answer;
    }
  }
}
