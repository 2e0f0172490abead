package io.cite.core.domain.service;

import io.cite.core.domain.source.CommitId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the engine knows of an environment, apart from its owners' settings.
 *
 * @param numbers the numbers that were given out
 * @param live number of the deployment that has the traffic; null before the first
 * @param hold what holds auto-deploy back
 * @param branch the branch as it was last seen
 * @param attention what a person should know, such as why a build could not be requested
 * @param deleting whether it is being deleted
 * @param setup what the engine has to do in the cluster before the next rollout; null for nothing
 * @param observed what the cluster last said of it; null before it was asked
 * @param waiting what its work waits for; null if for nothing that has to be said
 */
public record EnvironmentState(
    EnvironmentId id,
    Numbers numbers,
    @Nullable Long live,
    Hold hold,
    Branch branch,
    @Nullable String attention,
    boolean deleting,
    @Nullable Setup setup,
    @Nullable Observed observed,
    @Nullable Waiting waiting) {

  /** The highest deployment number and the highest build number that were given out. */
  public record Numbers(long lastSeq, long lastBuild) {}

  /**
   * What holds auto-deploy back.
   *
   * @param pinnedBy who holds it back by a rollback; null if nobody does
   * @param quarantined a commit that never deploys by itself, as it was rolled back; null if none
   * @param pinnedAt since when it is held back; null if it is not, or an older version stored it
   * @param reason why it is held back, in words; null if nobody said
   * @param released whether what was built while it was held is to be decided about again
   */
  public record Hold(
      @Nullable String pinnedBy,
      @Nullable CommitId quarantined,
      @Nullable Instant pinnedAt,
      @Nullable String reason,
      boolean released) {
    private static final Hold NONE = new Hold(null, null, null, null, false);

    private Hold with(@Nullable CommitId quarantine, boolean undecided) {
      return new Hold(pinnedBy, quarantine, pinnedAt, reason, undecided);
    }
  }

  /**
   * The branch as it was last seen.
   *
   * @param head its head; null before it was seen
   * @param deleted whether it does not exist any more
   */
  public record Branch(@Nullable CommitId head, boolean deleted) {
    private static final Branch UNSEEN = new Branch(null, false);
  }

  /**
   * What the cluster said of the environment. It is read from here, so reading needs no cluster.
   *
   * @param rollout number of the rollout that the pods are of; 0 if no deployment was live
   * @param readyPods how many pods of it are ready
   * @param url where the environment can be visited; null if the cluster gives no address
   * @param at when this changed last
   */
  public record Observed(long rollout, int readyPods, @Nullable String url, Instant at) {
    /** Whether the cluster said the same, then or now. */
    public boolean saysTheSame(Observed other) {
      return rollout == other.rollout
          && readyPods == other.readyPods
          && Objects.equals(url, other.url);
    }
  }

  /**
   * Something that work on the environment waits for.
   *
   * @param what in words, after "waits for"
   * @param since when the work began to wait
   * @param until when it is tried again
   */
  public record Waiting(String what, Instant since, Instant until) {
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The wait for people, in whole minutes. */
    public String text() {
      return "waits for %s, since %s, until %s"
          .formatted(what, TIME.format(since), TIME.format(until.plusSeconds(59)));
    }

    /** What is waited for now, since when it was before; the same if it lasts hardly longer. */
    public Waiting then(Waiting now) {
      if (!what.equals(now.what)) {
        return now;
      }
      boolean longer = now.until.isAfter(until.plusSeconds(60));
      return longer ? new Waiting(what, since, now.until) : this;
    }
  }

  /** An environment that nothing has happened in. */
  public static EnvironmentState fresh(EnvironmentId id) {
    return new EnvironmentState(
        id, new Numbers(0, 0), null, Hold.NONE, Branch.UNSEEN, null, false, null, null, null);
  }

  /** The highest deployment number given out. */
  public long lastSeq() {
    return numbers.lastSeq();
  }

  /** The highest build number given out. */
  public long lastBuild() {
    return numbers.lastBuild();
  }

  /** Who holds auto-deploy back by a rollback; null if nobody does. */
  public @Nullable String pinnedBy() {
    return hold.pinnedBy();
  }

  /** The commit that was rolled back from and never deploys by itself; null if none. */
  public @Nullable CommitId quarantined() {
    return hold.quarantined();
  }

  /** The branch's head as last seen; null before it was seen. */
  public @Nullable CommitId head() {
    return branch.head();
  }

  /** Whether the branch does not exist any more. */
  public boolean branchDeleted() {
    return branch.deleted();
  }

  private EnvironmentState with(Numbers given, Hold held, Branch seen) {
    return new EnvironmentState(
        id, given, live, held, seen, attention, deleting, setup, observed, waiting);
  }

  /** With the next deployment number given out. */
  public EnvironmentState nextSeq() {
    return with(new Numbers(numbers.lastSeq() + 1, numbers.lastBuild()), hold, branch);
  }

  /** With the next build number given out. */
  public EnvironmentState nextBuild() {
    return with(new Numbers(numbers.lastSeq(), numbers.lastBuild() + 1), hold, branch);
  }

  /** With this deployment live. */
  public EnvironmentState withLive(@Nullable Long seq) {
    return new EnvironmentState(
        id, numbers, seq, hold, branch, attention, deleting, setup, observed, waiting);
  }

  /**
   * Held by this person, for this reason if one is known, with a commit never deployed by itself.
   */
  public EnvironmentState pinned(
      String by, @Nullable CommitId commit, @Nullable String why, Instant at) {
    return with(numbers, new Hold(by, commit, at, why, false), branch);
  }

  /** With a commit that never deploys by itself again. */
  public EnvironmentState quarantine(CommitId commit) {
    return with(numbers, hold.with(commit, hold.released()), branch);
  }

  /** No longer held; what was built meanwhile is to be decided about again. */
  public EnvironmentState unpinned() {
    return with(numbers, new Hold(null, hold.quarantined(), null, null, true), branch);
  }

  /** Whether what was built while auto-deploy was held or off is to be decided about again. */
  public EnvironmentState released(boolean undecided) {
    return with(numbers, hold.with(hold.quarantined(), undecided), branch);
  }

  /** With the branch's head as it was seen now. */
  public EnvironmentState withHead(@Nullable CommitId seen) {
    return with(numbers, hold, new Branch(seen, seen == null && branch.deleted()));
  }

  /** With something a person should know; null when there is nothing any more. */
  public EnvironmentState withAttention(@Nullable String text) {
    return new EnvironmentState(
        id, numbers, live, hold, branch, text, deleting, setup, observed, waiting);
  }

  /** With a branch that does not exist any more. */
  public EnvironmentState withBranchDeleted() {
    return with(numbers, hold, new Branch(null, true));
  }

  /** Waiting for this; null once it waits no more. */
  public EnvironmentState waitingFor(@Nullable Waiting wait) {
    return new EnvironmentState(
        id, numbers, live, hold, branch, attention, deleting, setup, observed, wait);
  }

  /** What a person should know of the environment now; null if there is nothing. */
  public @Nullable String notes() {
    String gone = branch.deleted() ? "The branch " + id.branch() + " was deleted." : null;
    String text =
        Stream.of(gone, attention, waiting == null ? null : waiting.text())
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" "));
    return text.isEmpty() ? null : text;
  }

  /** Being deleted. */
  public EnvironmentState deleted() {
    return new EnvironmentState(
        id, numbers, live, hold, branch, attention, true, setup, observed, waiting);
  }

  /** An environment that this person asked for, and whose Kubernetes Service is to be made. */
  public static EnvironmentState added(EnvironmentId id, String by) {
    return fresh(id).withSetup(new Setup(true, Map.of(), List.of(), by));
  }

  /** With secret variables to be set in the cluster, each sealed, and others to be removed. */
  public EnvironmentState withSecrets(Map<String, String> sealed, Collection<String> removed) {
    Setup before = setup == null ? new Setup(false, Map.of(), List.of(), null) : setup;
    return withSetup(before.with(sealed, removed));
  }

  /** With nothing more to do in the cluster. */
  public EnvironmentState setUp() {
    return withSetup(null);
  }

  /** With what the cluster says now. */
  public EnvironmentState withObserved(Observed now) {
    return new EnvironmentState(
        id, numbers, live, hold, branch, attention, deleting, setup, now, waiting);
  }

  private EnvironmentState withSetup(@Nullable Setup next) {
    return new EnvironmentState(
        id, numbers, live, hold, branch, attention, deleting, next, observed, waiting);
  }

  /**
   * What an environment needs in the cluster before its next rollout.
   *
   * @param isNew whether its Kubernetes Service is to be made, and the secret variables of the
   *     service's own environment are to be copied
   * @param sealedSecrets secret variables to be set, each sealed, until they are in the cluster
   * @param removedSecrets the names of secret variables to be removed from the cluster
   * @param by who asked for a new environment; null if it is not new, or an older version stored it
   */
  public record Setup(
      boolean isNew,
      Map<String, String> sealedSecrets,
      List<String> removedSecrets,
      @Nullable String by) {
    public Setup {
      sealedSecrets = Map.copyOf(sealedSecrets);
      removedSecrets = List.copyOf(removedSecrets);
    }

    /** With another change as well; what is ordered later counts. */
    private Setup with(Map<String, String> sealed, Collection<String> removed) {
      Map<String, String> set = new HashMap<>(sealedSecrets);
      set.keySet().removeAll(removed);
      set.putAll(sealed);
      TreeSet<String> gone = new TreeSet<>(removedSecrets);
      gone.addAll(removed);
      gone.removeAll(sealed.keySet());
      return new Setup(isNew, set, List.copyOf(gone), by);
    }
  }
}
