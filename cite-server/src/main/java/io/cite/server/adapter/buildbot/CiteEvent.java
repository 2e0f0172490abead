package io.cite.server.adapter.buildbot;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.Commit;
import io.cite.core.domain.source.RepositoryName;

/**
 * Body of the event {@code cite}, which asks Buildbot's change hook to build one revision.
 *
 * @param repository the repository's page
 * @param whenTimestamp when the commit was written, RFC 3339
 */
@JsonPropertyOrder({
  "project",
  "revision",
  "branch",
  "revlink",
  "repository",
  "when_timestamp",
  "author",
  "comments"
})
record CiteEvent(
    String project,
    String revision,
    String branch,
    String revlink,
    String repository,
    @JsonProperty("when_timestamp") String whenTimestamp,
    String author,
    String comments) {

  static CiteEvent of(RepositoryName repository, BranchName branch, Commit commit) {
    return new CiteEvent(
        repository.toString(),
        commit.id().value(),
        branch.value(),
        commit.htmlUrl(),
        page(repository, commit),
        commit.authoredAt().toString(),
        commit.author(),
        commit.message());
  }

  /** A commit's page lies below its repository's. */
  private static String page(RepositoryName repository, Commit commit) {
    String below = "/commit/" + commit.id();
    return commit.htmlUrl().endsWith(below)
        ? commit.htmlUrl().substring(0, commit.htmlUrl().length() - below.length())
        : "https://github.com/" + repository;
  }
}
