package io.cite.adapters.etcd;

import io.cite.adapters.etcd.EtcdCalls.Unanswered;
import io.cite.core.error.CiteException;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Commit;
import io.cite.core.port.MetadataStore.Condition;
import io.cite.core.port.MetadataStore.Transaction;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Commits transactions, each at most once. If the answer is lost, the transaction may have been
 * carried out or may still be: it is not sent again, but one of the keys that it puts is read back.
 * Every written value carries the token of its transaction, so
 *
 * <ul>
 *   <li>a token in the key's value, or in one of its earlier values back to where the store was
 *       before the transaction was sent, means committed;
 *   <li>no token, and a condition that does not hold now nor ever again, means refused;
 *   <li>else nobody can tell: the store is unavailable.
 * </ul>
 */
final class EtcdTransactions {
  private static final int MOST_VERSIONS = 20;
  private static final long PAUSE_MILLIS = 150;

  private final EtcdCalls calls;
  private final Duration timeout;
  private final Duration toCommit;
  private final AtomicLong newest = new AtomicLong();

  EtcdTransactions(EtcdCalls calls, Duration timeout) {
    this.calls = calls;
    this.timeout = timeout;
    this.toCommit = timeout.multipliedBy(2).dividedBy(3);
  }

  /** Notes a revision that the store has reached. */
  void saw(long revision) {
    newest.accumulateAndGet(revision, Math::max);
  }

  Commit commit(Transaction transaction) {
    String token = UUID.randomUUID().toString();
    Cmp[] conditions =
        transaction.conditions().stream().map(EtcdTransactions::cmp).toArray(Cmp[]::new);
    Op[] changes = operations(transaction, token);
    long before = newest.get();
    long started = System.nanoTime();
    try {
      TxnResponse answer =
          calls.attempt(
              toCommit, client -> client.getKVClient().txn().If(conditions).Then(changes).commit());
      long revision = answer.getHeader().getRevision();
      saw(revision);
      return answer.isSucceeded() ? new Commit.Committed(revision) : new Commit.Refused();
    } catch (Unanswered failure) {
      CiteException unavailable = failure.translate(words(transaction));
      if (!failure.isAmbiguous() || failure.wasNotSent() || failure.isInterrupt()) {
        throw unavailable;
      }
      Deadline deadline = new Deadline(started + timeout.toNanos());
      try {
        return readBack(transaction, token, before, deadline).orElseThrow(() -> unavailable);
      } catch (Unanswered again) {
        unavailable.addSuppressed(again);
        throw unavailable;
      }
    }
  }

  private Optional<Commit> readBack(
      Transaction transaction, String token, long before, Deadline deadline) throws Unanswered {
    Optional<String> key =
        transaction.changes().stream()
            .filter(Change.Put.class::isInstance)
            .map(Change::key)
            .findFirst();
    if (key.isEmpty()) {
      return Optional.empty();
    }
    boolean refused = cannotHoldAgain(transaction, deadline);
    long revision = 0;
    for (int version = 0; version < MOST_VERSIONS; version++) {
      Optional<KeyValue> found = read(key.get(), revision, deadline);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      KeyValue pair = found.get();
      if (JsonDocuments.decode(key.get(), pair.getValue()).token().equals(token)) {
        return Optional.of(new Commit.Committed(pair.getModRevision()));
      }
      revision = pair.getModRevision() - 1;
      if (revision <= before) {
        return refused ? Optional.of(new Commit.Refused()) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Revisions only grow: what differs from the one expected will always differ. */
  private boolean cannotHoldAgain(Transaction transaction, Deadline deadline) throws Unanswered {
    for (Condition condition : transaction.conditions()) {
      if (condition instanceof Condition.Absent) {
        continue;
      }
      Optional<KeyValue> pair = read(condition.key(), 0, deadline);
      boolean holds =
          condition instanceof Condition.Unchanged unchanged
              ? pair.filter(kv -> kv.getModRevision() == unchanged.revision()).isPresent()
              : condition instanceof Condition.CreatedAt made
                  && pair.filter(kv -> kv.getCreateRevision() == made.createRevision()).isPresent();
      if (!holds) {
        return true;
      }
    }
    return false;
  }

  private Optional<KeyValue> read(String key, long revision, Deadline deadline) throws Unanswered {
    ByteSequence bytes = EtcdConnection.bytes(key);
    GetOption option = GetOption.builder().withRevision(revision).build();
    GetResponse answer;
    while (true) {
      try {
        answer = calls.attempt(deadline.left(), client -> client.getKVClient().get(bytes, option));
        break;
      } catch (Unanswered failure) {
        if (failure.code() != Status.Code.UNAVAILABLE || deadline.isOver()) {
          throw failure;
        }
        deadline.pause();
      }
    }
    return answer.getKvs().stream().findFirst();
  }

  private static Cmp cmp(Condition condition) {
    ByteSequence key = EtcdConnection.bytes(condition.key());
    if (condition instanceof Condition.Unchanged unchanged) {
      return new Cmp(key, Cmp.Op.EQUAL, CmpTarget.modRevision(unchanged.revision()));
    }
    long made = condition instanceof Condition.CreatedAt fence ? fence.createRevision() : 0;
    return new Cmp(key, Cmp.Op.EQUAL, CmpTarget.createRevision(made));
  }

  /**
   * A transaction without an operation is one that a member answers alone, from what it knows, also
   * when it has lost the others. With a read in it, it waits for the quorum as every read does.
   */
  private static Op[] operations(Transaction transaction, String token) {
    if (transaction.changes().isEmpty() && !transaction.conditions().isEmpty()) {
      ByteSequence key = EtcdConnection.bytes(transaction.conditions().get(0).key());
      return new Op[] {Op.get(key, GetOption.builder().withCountOnly(true).build())};
    }
    return transaction.changes().stream().map(change -> op(change, token)).toArray(Op[]::new);
  }

  private static Op op(Change change, String token) {
    ByteSequence key = EtcdConnection.bytes(change.key());
    return change instanceof Change.Put put
        ? Op.put(key, JsonDocuments.encode(put.document(), token), PutOption.DEFAULT)
        : Op.delete(key, DeleteOption.DEFAULT);
  }

  private static String words(Transaction transaction) {
    if (transaction.changes().isEmpty()) {
      return "check conditions";
    }
    String first = transaction.changes().get(0).key();
    int others = transaction.changes().size() - 1;
    return "write " + first + (others == 0 ? "" : " and " + others + " more");
  }

  private record Deadline(long nanoTime) {
    Duration left() {
      return Duration.ofNanos(Math.max(1, nanoTime - System.nanoTime()));
    }

    boolean isOver() {
      return System.nanoTime() >= nanoTime;
    }

    /** Gives a lost connection a moment to come back. */
    void pause() {
      new CompletableFuture<@Nullable Void>()
          .completeOnTimeout(null, PAUSE_MILLIS, TimeUnit.MILLISECONDS)
          .join();
    }
  }
}
