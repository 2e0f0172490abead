package io.cite.adapters.github;

import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.NotFound;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kohsuke.github.GHEventPayload;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHub;

/** What the parts of the adapter share: github-api, plain requests and the failures' meaning. */
final class GitHubAccess {
  /** GitHub answers 422 to a commit id that it cannot resolve, 409 in a repository without any. */
  static final Set<Integer> NO_SUCH_COMMIT = Set.of(404, 409, 422);

  private final GitHub library;
  private final GitHubRest rest;
  private final GitHubFailures failures;

  GitHubAccess(GitHub library, GitHubRest rest, GitHubFailures failures) {
    this.library = library;
    this.rest = rest;
    this.failures = failures;
  }

  GitHub library() {
    return library;
  }

  GitHubRest rest() {
    return rest;
  }

  /** Runs a call whose 404 says that the repository is missing. */
  <T> T during(String operation, RepositoryName repository, GitHubFailures.Call<T> call) {
    return failures.during(operation, repository, call);
  }

  /** Runs a call that concerns no repository. */
  <T> T during(String operation, GitHubFailures.Call<T> call) {
    return failures.during(operation, null, call);
  }

  /**
   * Runs a call on something inside a repository; empty if GitHub refuses it with one of the given
   * statuses and the repository is there, which only then costs a second request.
   */
  <T> Optional<T> inside(
      String operation,
      RepositoryName repository,
      Set<Integer> absent,
      GitHubFailures.Call<T> call) {
    return during(
        operation,
        repository,
        () -> {
          try {
            return Optional.of(call.run());
          } catch (GitHubRefusal refusal) {
            if (!absent.contains(refusal.status()) || refusal.says("rate limit")) {
              throw refusal;
            }
            if (refusal.status() == 404) {
              rest.get(GitHubRest.path(repository));
            }
            return Optional.empty();
          }
        });
  }

  /** The failure for something that a repository does not have. */
  static NotFound missing(String operation, RepositoryName repository, String what) {
    return new NotFound(
        ErrorCode.NOT_FOUND,
        "CITE could not " + operation + ": " + repository + " has no " + what + ".");
  }

  /**
   * github-api's repository without the request that fetches it: it is bound by reading an event
   * that names it. Only calls that need no more than the name may be made on it.
   */
  GHRepository named(RepositoryName repository) throws IOException {
    String event =
        GitHubRest.JSON.writeValueAsString(
            Map.of(
                "repository",
                Map.of(
                    "name",
                    repository.name(),
                    "full_name",
                    repository.toString(),
                    "owner",
                    Map.of("login", repository.owner()))));
    return library
        .parseEventPayload(new StringReader(event), GHEventPayload.Ping.class)
        .getRepository();
  }
}
