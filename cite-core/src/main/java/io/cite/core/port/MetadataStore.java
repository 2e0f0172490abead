package io.cite.core.port;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where CITE keeps its records: documents under path-like keys, each with the revision of the
 * transaction that wrote it. Revisions increase over the whole store. Reads see all transactions
 * that were committed before they began. Implementations are thread-safe, bound every call by a
 * timeout and throw {@link io.cite.core.error.Upstream} with {@code STORE_UNAVAILABLE} if the store
 * cannot be reached or cannot tell whether a transaction was committed.
 *
 * <p>A document is a tree of strings, booleans, {@code Long}s, lists and string-keyed maps, without
 * nulls ({@link Documents}). What a store returns cannot be changed. Keys consist of printable
 * ASCII characters.
 */
public interface MetadataStore {

  /** The document at a key. */
  Optional<Entry> get(String key);

  /** All documents whose key begins with the prefix, by key. */
  List<Entry> list(String prefix);

  /**
   * A page of the documents whose key begins with the prefix, by key.
   *
   * @param after only keys greater than this one; null from the beginning
   * @param limit at most so many
   */
  List<Entry> list(String prefix, @Nullable String after, int limit);

  /** Writes all or nothing: all if every condition holds. */
  Commit commit(Transaction transaction);

  /**
   * Calls back soon after a key with the prefix was written or deleted. Only an event: changes may
   * be merged into the last one, doubled or lost; whoever must know lists again from time to time.
   */
  Subscription watch(String prefix, Consumer<Changed> listener);

  /**
   * A key that was written or deleted.
   *
   * @param key the key; the watched prefix itself if it is not known what changed
   * @param revision revision of the transaction that changed it; 0 if that is not known
   * @param deleted whether the key was deleted
   */
  record Changed(String key, long revision, boolean deleted) {
    /** Something below the prefix may have changed unseen. */
    public static Changed unseen(String prefix) {
      return new Changed(prefix, 0, false);
    }
  }

  /**
   * A stored document.
   *
   * @param createRevision revision of the transaction that made the key
   * @param revision revision of the transaction that wrote the document
   */
  record Entry(String key, Map<String, Object> document, long createRevision, long revision) {}

  /** Whether a transaction took place. */
  sealed interface Commit {
    /** It did, as this revision. */
    record Committed(long revision) implements Commit {}

    /** A condition did not hold; nothing was written. */
    record Refused() implements Commit {}
  }

  /** Something that must be so for a transaction to take place. */
  sealed interface Condition {
    /** The key it is about. */
    String key();

    /** There is no document at the key. */
    record Absent(String key) implements Condition {}

    /** The document at the key was written by this revision. */
    record Unchanged(String key, long revision) implements Condition {}

    /** The key was made by this revision, whatever was written since: a leader's fence. */
    record CreatedAt(String key, long createRevision) implements Condition {}
  }

  /** A change of one key. */
  sealed interface Change {
    /** The key it changes. */
    String key();

    /** Writes a document. */
    record Put(String key, Map<String, Object> document) implements Change {}

    /** Removes the document; does nothing if there is none. */
    record Delete(String key) implements Change {}
  }

  /** Conditions and changes; no key is changed twice. At most 100 of each. */
  record Transaction(List<Condition> conditions, List<Change> changes) {
    private static final int MOST = 100;

    public Transaction {
      conditions = List.copyOf(conditions);
      changes = List.copyOf(changes);
      if (conditions.size() > MOST || changes.size() > MOST) {
        throw new IllegalArgumentException(
            "A transaction has at most %d conditions and %d changes, not %d and %d"
                .formatted(MOST, MOST, conditions.size(), changes.size()));
      }
      Set<String> changed = new HashSet<>();
      for (Change change : changes) {
        if (!changed.add(change.key())) {
          throw new IllegalArgumentException("A transaction changes " + change.key() + " twice");
        }
      }
    }

    /** This transaction with one more condition. */
    public Transaction and(Condition condition) {
      List<Condition> all = new ArrayList<>(conditions);
      all.add(condition);
      return new Transaction(all, changes);
    }
  }
}
