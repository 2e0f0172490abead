package io.cite.core.port.source;

import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.Commit;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitRelation;
import io.cite.core.domain.source.Permission;
import io.cite.core.domain.source.Repository;
import io.cite.core.domain.source.RepositoryName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads repositories, branches, commits and files. {@link SourceHost} says what holds for all
 * roles.
 */
public interface Repositories {
  /**
   * The repository that has this name, or had it before it was renamed and nothing else took it.
   */
  Repository get(RepositoryName name);

  /**
   * The repository with this number, whatever its name is now; empty if it does not exist any more,
   * or cannot be seen.
   *
   * @param known a name that it had, for hosts whose tokens are bound to owners
   */
  Optional<Repository> byId(RepositoryName known, long id);

  /** What this login may do with the repository; {@code NONE} for one that is not known. */
  Permission permission(RepositoryName repository, String login);

  /** The commit that the branch points to; empty if there is no such branch. */
  Optional<CommitId> head(RepositoryName repository, BranchName branch);

  /**
   * The commit that the branch points to, if that changed since the answer with the given tag; the
   * request is conditional, so an unchanged branch costs nothing of the rate limit.
   *
   * @param etag tag of an earlier answer; null asks without condition
   */
  HeadAnswer headSince(RepositoryName repository, BranchName branch, @Nullable String etag);

  /** The commit; empty if the repository has no such commit. */
  Optional<Commit> commit(RepositoryName repository, CommitId commit);

  /**
   * The one commit whose id begins so; empty if there is none, or more than one.
   *
   * @param beginning 7 to 40 hexadecimal digits, lower case
   */
  Optional<CommitId> find(RepositoryName repository, String beginning);

  /**
   * A text file as of a commit; empty if there is none.
   *
   * @throws io.cite.core.error.InvalidInput if it is larger than 1 MiB
   */
  Optional<String> file(RepositoryName repository, CommitId commit, String path);

  /** How {@code head} relates to {@code base}; empty if one of them does not exist. */
  Optional<CommitRelation> compare(RepositoryName repository, CommitId base, CommitId head);
}
