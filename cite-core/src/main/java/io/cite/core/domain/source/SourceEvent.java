package io.cite.core.domain.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook said, reduced to what CITE checks. It carries no authority: it only says what to
 * check.
 *
 * @see <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads">Webhook events</a>
 */
public sealed interface SourceEvent {

  /**
   * A branch was created, moved or deleted.
   *
   * @param after the new head; null when the branch was deleted
   * @param forced whether history was rewritten
   * @param commits the other commits that came with it, the newest last; of many the newest {@link
   *     #MAX_COMMITS}
   * @param pusher login of the person who pushed; null if the host does not say
   * @param sameDockerfileAs a commit that has the same Dockerfile as the new head, because the push
   *     changed none; null if that is not known
   */
  record Pushed(
      RepositoryName repository,
      long repositoryId,
      BranchName branch,
      @Nullable CommitId after,
      boolean forced,
      List<CommitId> commits,
      @Nullable String pusher,
      @Nullable CommitId sameDockerfileAs)
      implements SourceEvent {
    /** How many commits of a push are kept, apart from the new head. */
    public static final int MAX_COMMITS = 50;

    public Pushed {
      commits =
          List.copyOf(commits.subList(Math.max(0, commits.size() - MAX_COMMITS), commits.size()));
    }

    /** A push of one commit by somebody. */
    public Pushed(
        RepositoryName repository,
        long repositoryId,
        BranchName branch,
        @Nullable CommitId after,
        boolean forced) {
      this(repository, repositoryId, branch, after, forced, List.of(), null, null);
    }

    /** A push of which it is not known whether it changed the Dockerfile. */
    public Pushed(
        RepositoryName repository,
        long repositoryId,
        BranchName branch,
        @Nullable CommitId after,
        boolean forced,
        List<CommitId> commits,
        @Nullable String pusher) {
      this(repository, repositoryId, branch, after, forced, commits, pusher, null);
    }
  }

  /**
   * A commit got a status.
   *
   * @param statusId the host's number for it
   * @param branches branches that the host says the commit is on; may be empty
   */
  record StatusChanged(
      RepositoryName repository,
      long repositoryId,
      CommitId commit,
      long statusId,
      CommitStatus.State state,
      String context,
      List<BranchName> branches)
      implements SourceEvent {
    public StatusChanged {
      branches = List.copyOf(branches);
    }
  }

  /** A branch was deleted. */
  record BranchDeleted(RepositoryName repository, long repositoryId, BranchName branch)
      implements SourceEvent {}

  /**
   * A pull request changed.
   *
   * @param action GitHub's word, such as {@code opened} or {@code closed}
   * @param head the branch that it asks to merge
   */
  record PullRequestChanged(
      RepositoryName repository, long repositoryId, String action, long number, BranchName head)
      implements SourceEvent {}

  /**
   * A repository was renamed or transferred to another owner.
   *
   * @param repository its new name
   * @param action GitHub's word: {@code renamed} or {@code transferred}
   */
  record Renamed(RepositoryName repository, long repositoryId, String action)
      implements SourceEvent {}

  /** A hook was made and says hello; repository is null for an organisation's hook. */
  record Pinged(@Nullable RepositoryName repository, HookId hookId) implements SourceEvent {}

  /** An event that CITE does not act on, with the reason in words. */
  record Irrelevant(@Nullable RepositoryName repository, String reason) implements SourceEvent {}

  /** A body that could not be read, with the reason in words. */
  record Unreadable(String reason) implements SourceEvent {}
}
