package io.cite.core.port;

import io.cite.core.domain.deploy.ReportedState;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.Commit;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitRelation;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.Permission;
import io.cite.core.domain.source.Repository;
import io.cite.core.domain.source.RepositoryName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The host of source code: GitHub. Implementations are thread-safe, block until they have the
 * answer, bound every call by a time-out, and throw {@link io.cite.core.error.Upstream} where the
 * host cannot be reached or refuses, and {@link io.cite.core.error.NotFound} with {@code
 * REPOSITORY_NOT_FOUND} where the repository does not exist or cannot be seen.
 *
 * @see <a href="https://docs.github.com/en/rest">GitHub REST API</a>
 */
public interface SourceHost {

  /** The repository. */
  Repository repository(RepositoryName name);

  /** What this login may do with the repository; {@code NONE} for one that is not known. */
  Permission permission(RepositoryName repository, String login);

  /** The commit that the branch points to; empty where there is no such branch. */
  Optional<CommitId> head(RepositoryName repository, BranchName branch);

  /**
   * The commit that the branch points to, if that changed since the answer with the given tag; the
   * request is conditional, so an unchanged branch costs nothing of the rate limit.
   *
   * @param etag tag of an earlier answer; null asks without condition
   */
  HeadAnswer headSince(RepositoryName repository, BranchName branch, @Nullable String etag);

  /** The commit; empty where the repository has no such commit. */
  Optional<Commit> commit(RepositoryName repository, CommitId commit);

  /** A text file as of a commit, at most 1 MiB; empty where there is none. */
  Optional<String> file(RepositoryName repository, CommitId commit, String path);

  /** How {@code head} lies to {@code base}; empty where one of them does not exist. */
  Optional<CommitRelation> compare(RepositoryName repository, CommitId base, CommitId head);

  /**
   * Makes sure that the repository has exactly one hook with this URL, with these events, active,
   * with this secret: it is found by URL and then changed, or made.
   */
  HookAnswer ensureHook(RepositoryName repository, HookSpec hook);

  /** Removes the hooks with this URL; does nothing where there is none. */
  void removeHook(RepositoryName repository, String url);

  /** Deliveries of a hook that failed since the given time, oldest first, each GUID once. */
  List<FailedDelivery> failedDeliveries(RepositoryName repository, long hookId, Instant since);

  /** Asks the host to deliver again; {@code deliveryId} is the host's number of the attempt. */
  void redeliver(RepositoryName repository, long hookId, long deliveryId);

  /**
   * Makes sure that the login is a collaborator who may push, by an invitation if need be, and
   * accepts the invitation where it is for the account that this host is spoken to with.
   */
  CollaboratorAnswer ensureCollaborator(RepositoryName repository, String login);

  /** Removes the collaborator and its open invitation; does nothing where there is none. */
  void removeCollaborator(RepositoryName repository, String login);

  /** The statuses of a commit in one context, oldest first. */
  List<CommitStatus> statuses(RepositoryName repository, CommitId commit, String context);

  /** Adds a status to a commit; the description is cut to 140 characters. */
  void reportStatus(
      RepositoryName repository,
      CommitId commit,
      CommitStatus.State state,
      String context,
      String description,
      @Nullable String targetUrl);

  /**
   * The deployments that earlier calls of {@link #announce} made for this saga, oldest first: one
   * at most, unless two processes called it at once.
   */
  List<Long> findDeployments(
      RepositoryName repository, CommitId commit, String environment, String sagaId);

  /**
   * Makes a deployment: ref is the commit, nothing is merged, no status is required.
   *
   * @param environment {@code {service}/{branch}}
   * @param sagaId kept in the payload, for {@link #findDeployments}
   * @return the host's number for it
   */
  long announce(
      RepositoryName repository,
      CommitId commit,
      String environment,
      String sagaId,
      String description);

  /**
   * Tells the deployment's state; success makes earlier deployments of the environment inactive.
   *
   * @param state one of pending, success, failure, inactive
   * @param url where the environment can be visited; null where there is no such place
   */
  void reportDeployment(
      RepositoryName repository,
      long deploymentId,
      ReportedState state,
      String description,
      @Nullable String url);

  /**
   * A hook as it shall be.
   *
   * @param url where deliveries go; the hook is found by it
   * @param events names such as {@code push}
   */
  record HookSpec(String url, Set<String> events, Secret secret) {
    public HookSpec {
      events = Set.copyOf(events);
    }
  }

  /**
   * The hook as it is.
   *
   * @param created whether this call made it
   */
  record HookAnswer(long id, boolean created) {}

  /**
   * A delivery that the receiver did not answer with 2xx.
   *
   * @param id the host's number of the attempt
   * @param guid the delivery's id, the same for all attempts
   */
  record FailedDelivery(long id, String guid, String event, Instant at) {}

  /** How the login takes part in the repository. */
  enum CollaboratorAnswer {
    /** It had the permission already. */
    MEMBER,
    /** It was invited, and has accepted if it is the account that this host is spoken to with. */
    ADDED,
    /** It is invited and has not accepted yet. */
    INVITED
  }

  /**
   * A branch's head.
   *
   * @param unchanged whether the head is what it was when {@code etag} was given out
   * @param head the head; null where the branch does not exist or is unchanged
   * @param etag tag to ask with next time; null where the host gives none
   */
  record HeadAnswer(boolean unchanged, @Nullable CommitId head, @Nullable String etag) {}
}
