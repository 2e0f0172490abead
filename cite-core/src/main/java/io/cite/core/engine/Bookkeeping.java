package io.cite.core.engine;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.RepositoryName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Small records by which the engine finds its way. */
public final class Bookkeeping {
  private Bookkeeping() {}

  /**
   * A delivery that is stored and not settled. With the mark lies what the delivery's record says,
   * and changes with it, so that many are read at once.
   *
   * @param content as the delivery is stored; null where an older version made the mark
   */
  public record Unsettled(String delivery, @Nullable Delivery content) {
    /** The mark of a delivery. */
    public static Unsettled of(Delivery delivery) {
      return new Unsettled(delivery.id(), delivery);
    }
  }

  /**
   * A commit that an environment has to look at. It stays until the look was taken and its outcome
   * stored.
   *
   * @param pushed whether the branch was moved to it; else it got a status
   * @param why in words, for the record
   * @param at when it was noted; null where an older version noted it
   */
  public record Look(
      EnvironmentId environment,
      CommitId commit,
      boolean pushed,
      String why,
      @Nullable Instant at) {}

  /**
   * What the sweep last saw of an environment's branch.
   *
   * @param etag tag to ask with next time; null where the host gave none
   * @param commit the head; null where there was no such branch
   */
  public record Head(EnvironmentId environment, @Nullable String etag, @Nullable CommitId commit) {}

  /**
   * How far a repository's hook was searched for failed deliveries.
   *
   * @param until deliveries up to this time were looked at
   */
  public record HookCheck(RepositoryName repository, Instant until) {}

  /**
   * A delivery that the host was asked to make again.
   *
   * @param times how often
   * @param at when last
   */
  public record Redelivery(String delivery, int times, Instant at) {}

  /**
   * A sign of life that the leader leaves.
   *
   * @param backSince when the last gap between two signs ended; null if there never was one
   */
  public record Heartbeat(Instant at, @Nullable Instant backSince) {}

  /** A hook that CITE made, with its sealed secret. */
  public record Hook(long id, RepositoryName repository, long repositoryId, String sealedSecret) {
    /** What its secret is sealed with. */
    public String context() {
      return hookContext(repository);
    }
  }

  /**
   * A repository that services are made from.
   *
   * @param sealedHookSecret secret of CITE's hook, kept before the hook is made
   * @param hookId number of CITE's hook; null until it is made
   */
  public record RepositoryRecord(
      RepositoryName repository, long id, String sealedHookSecret, @Nullable Long hookId) {
    /** With the number of CITE's hook. */
    RepositoryRecord withHook(long number) {
      return new RepositoryRecord(repository, id, sealedHookSecret, number);
    }
  }

  /** A service made from a repository. */
  public record Link(ServiceId service, long repositoryId) {}

  /** Whose a namespace is. */
  public record NamespaceClaim(String owner) {}

  /**
   * A mark on a repository or a namespace: this service finds out whether it is the last one there,
   * and takes away what they shared. Nobody else may begin there until it is gone.
   */
  public record Leaving(ServiceId service) {}

  /** Which environment has a name. */
  public record NameClaim(EnvironmentId environment, Instant at) {}

  /** What the secret of a repository's hook is sealed with. */
  public static String hookContext(RepositoryName repository) {
    return "hook:" + repository.toString().toLowerCase(java.util.Locale.ROOT);
  }

  /** What a secret variable is sealed with. */
  public static String secretContext(ServiceId service, String name) {
    return "variable:" + service + ":" + name;
  }
}
