package io.cite.adapters.github;

import static io.cite.adapters.github.GitHubRest.path;

import io.cite.core.domain.deploy.ReportedState;
import io.cite.core.domain.deploy.SagaId;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.port.source.Reports;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHCommitState;
import org.kohsuke.github.GHDeployment;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What stands at commits: statuses, deployments and the deployments' statuses.
 *
 * @see <a href="https://docs.github.com/en/rest/commits/statuses">Commit statuses</a>
 * @see <a href="https://docs.github.com/en/rest/deployments">Deployments</a>
 */
final class GitHubReports implements Reports {
  private static final Set<Integer> ABSENT = Set.of(404);
  private static final int PAGE = 100;

  private final GitHubAccess access;

  GitHubReports(GitHubAccess access) {
    this.access = access;
  }

  @Override
  public List<CommitStatus> statuses(RepositoryName repository, CommitId commit, String context) {
    String url = path(repository) + "/commits/" + commit + "/statuses?per_page=" + PAGE;
    return access
        .inside(
            "read the statuses of " + commit + " in " + repository,
            repository,
            GitHubAccess.NO_SUCH_COMMIT,
            () -> {
              List<CommitStatus> found = new ArrayList<>();
              access
                  .rest()
                  .pages(
                      url,
                      status -> {
                        // GitHub does not tell case apart in contexts.
                        if (status.path("context").asString("").equalsIgnoreCase(context)) {
                          found.add(status(status));
                        }
                        return true;
                      });
              found.sort(Comparator.comparingLong(CommitStatus::id));
              return List.copyOf(found);
            })
        .orElse(List.of());
  }

  private static CommitStatus status(JsonNode json) {
    String state = json.path("state").asString("").toUpperCase(Locale.ROOT);
    return new CommitStatus(
        json.path("id").asLong(),
        CommitStatus.State.valueOf(state),
        json.path("context").asString(""),
        text(json.path("description")),
        text(json.path("target_url")),
        GitHubRepositories.instant(json.path("created_at")));
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.asString() : null;
  }

  @Override
  public void reportStatus(
      RepositoryName repository,
      CommitId commit,
      CommitStatus.State state,
      String context,
      String description,
      @Nullable String targetUrl) {
    access.during(
        "report the status " + context + " of " + commit + " in " + repository,
        repository,
        () ->
            access
                .named(repository)
                .createCommitStatus(
                    commit.value(),
                    GHCommitState.valueOf(state.name()),
                    targetUrl,
                    Descriptions.cut(description),
                    context));
  }

  @Override
  public List<Long> findDeployments(
      RepositoryName repository, CommitId commit, String environment, SagaId sagaId) {
    return access.during(
        "list the deployments of " + commit + " in " + repository,
        repository,
        () -> {
          List<Long> found = new ArrayList<>();
          for (GHDeployment deployment :
              access
                  .named(repository)
                  .listDeployments(commit.value(), null, null, environment)
                  .withPageSize(PAGE)) {
            if (sagaId.value().equals(saga(deployment.getPayloadObject()))) {
              found.add(deployment.getId());
            }
          }
          found.sort(Comparator.naturalOrder());
          return List.copyOf(found);
        });
  }

  /** The saga that a payload names, which GitHub gives back as text or as an object. */
  private static String saga(@Nullable Object payload) {
    try {
      JsonNode json =
          payload instanceof String text
              ? GitHubRest.JSON.readTree(text)
              : GitHubRest.JSON.valueToTree(payload);
      return json.path("cite").path("saga").asString("");
    } catch (JacksonException somebodyElses) {
      return "";
    }
  }

  @Override
  public long announce(
      RepositoryName repository,
      CommitId commit,
      String environment,
      SagaId sagaId,
      String description) {
    return access.during(
        "announce the deployment of " + commit + " in " + repository,
        repository,
        () -> create(repository, commit, environment, sagaId, description).getId());
  }

  @SuppressWarnings("deprecation") // the library marks what was a preview at GitHub once
  private GHDeployment create(
      RepositoryName repository,
      CommitId commit,
      String environment,
      SagaId sagaId,
      String description)
      throws IOException {
    String payload =
        GitHubRest.JSON.writeValueAsString(Map.of("cite", Map.of("saga", sagaId.value())));
    return access
        .named(repository)
        .createDeployment(commit.value())
        .environment(environment)
        .autoMerge(false)
        .requiredContexts(List.of())
        .transientEnvironment(false)
        // Earlier deployments of a production environment would not become inactive.
        .productionEnvironment(false)
        .payload(payload)
        .description(Descriptions.cut(description))
        .create();
  }

  @Override
  public void reportDeployment(
      RepositoryName repository,
      long deployment,
      ReportedState state,
      String description,
      @Nullable String url) {
    if (state == ReportedState.NOTHING || state == ReportedState.UNDELIVERABLE) {
      throw new IllegalArgumentException(state + " is no state of a deployment on GitHub");
    }
    String operation =
        "report " + state + " for the deployment " + deployment + " in " + repository;
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("state", state.name().toLowerCase(Locale.ROOT));
    body.put("description", Descriptions.cut(description));
    body.put("auto_inactive", state == ReportedState.SUCCESS);
    if (url != null) {
      body.put("environment_url", url);
    }
    String path = path(repository) + "/deployments/" + deployment + "/statuses";
    if (access
        .inside(operation, repository, ABSENT, () -> access.rest().send("POST", path, body))
        .isEmpty()) {
      throw GitHubAccess.missing(operation, repository, "deployment " + deployment);
    }
  }
}
