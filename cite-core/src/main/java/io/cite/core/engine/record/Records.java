package io.cite.core.engine.record;

import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.engine.record.schema.Key;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.OutboxMessage;
import io.cite.core.error.CiteException;
import io.cite.core.port.AuditTrail;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Condition;
import io.cite.core.port.MetadataStore.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The metadata store, with records in place of documents. With a fence, every write takes place
 * only as long as the leader's term lasts. Thread-safe.
 */
public final class Records {
  private static final int REMEMBERED = 10_000;

  /** How much is put together at most; the store takes more. */
  private static final int MOST = 90;

  private final MetadataStore store;
  private final Condition.@Nullable CreatedAt fence;
  private final Map<String, Versioned<?>> recent;

  /** Records whose writes any process may make. */
  public Records(MetadataStore store) {
    this(store, null, new Recent());
  }

  private Records(
      MetadataStore store, Condition.@Nullable CreatedAt fence, Map<String, Versioned<?>> recent) {
    this.store = store;
    this.fence = fence;
    this.recent = recent;
  }

  /** The same records, whose writes need the fence to hold. What was decoded is shared. */
  public Records fenced(Condition.CreatedAt by) {
    return new Records(store, by, recent);
  }

  /** What was read or written last. */
  private static final class Recent extends LinkedHashMap<String, Versioned<?>> {
    private static final long serialVersionUID = 1;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Versioned<?>> eldest) {
      return size() > REMEMBERED;
    }
  }

  /**
   * Requires that the fence holds now. For effects outside the store, which the fence cannot keep
   * back: a process that was paused finds out here that it does not lead any more.
   */
  public void requireTerm() {
    if (fence != null
        && store
            .get(fence.key())
            .filter(entry -> entry.createRevision() == fence.createRevision())
            .isEmpty()) {
      throw new StaleRead();
    }
  }

  /** The record at the key. */
  public <T extends Record> Optional<Versioned<T>> get(Key<T> key) {
    return store.get(key.path()).map(entry -> stored(entry, key.type()));
  }

  /** The records below the key, by key. */
  public <T extends Record> List<Versioned<T>> list(Key<T> prefix) {
    return store.list(prefix.path()).stream().map(e -> stored(e, prefix.type())).toList();
  }

  /** A page of the records below the key. */
  public <T extends Record> List<Versioned<T>> list(
      Key<T> prefix, @Nullable String after, int limit) {
    return store.list(prefix.path(), after, limit).stream()
        .map(e -> stored(e, prefix.type()))
        .toList();
  }

  /** The record of an entry; one known from before at the same revision is not read again. */
  private <T extends Record> Versioned<T> stored(Entry entry, Class<T> type) {
    Versioned<?> known;
    synchronized (recent) {
      known = recent.get(entry.key());
    }
    if (known != null && known.revision() == entry.revision() && known.key().type() == type) {
      @SuppressWarnings("unchecked")
      Versioned<T> same = (Versioned<T>) known;
      return same;
    }
    Versioned<T> read =
        new Versioned<>(
            new Key<>(entry.key(), type),
            RecordCodec.standard().read(entry.document(), type),
            entry.createRevision(),
            entry.revision());
    synchronized (recent) {
      recent.put(entry.key(), read);
    }
    return read;
  }

  /** Begins a transaction. */
  public Write write() {
    return new Write();
  }

  /** A transaction being put together: all of it takes place or nothing. */
  public final class Write {
    private final List<Condition> conditions = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Written<?>> written = new ArrayList<>();
    private final List<AuditEntry> entries = new ArrayList<>();
    private final List<OutboxMessage> messages = new ArrayList<>();

    private Write() {}

    /** Makes a record at a key that must have none. */
    public <T extends Record> Write create(Key<T> key, T value) {
      conditions.add(new Condition.Absent(key.path()));
      written.add(new Written<>(key, value, null));
      return put(key, value);
    }

    /** Replaces a record, which must be as it was read. */
    public <T extends Record> Write replace(Versioned<T> old, T value) {
      conditions.add(new Condition.Unchanged(old.key().path(), old.revision()));
      written.add(new Written<>(old.key(), value, old.createRevision()));
      boolean open = OpenMarks.isOpen(value);
      return open == OpenMarks.isOpen(old.value())
          ? putAlone(old.key(), value)
          : put(old.key(), value);
    }

    /** Writes a record, whatever is there, and its mark. */
    public <T extends Record> Write put(Key<T> key, T value) {
      if (OpenMarks.isOpen(value)) {
        OpenMarks.of(key).ifPresent(mark -> putAlone(mark, new Key.OpenMark(key.path())));
      } else {
        OpenMarks.of(key).ifPresent(mark -> changes.add(new Change.Delete(mark.path())));
      }
      return putAlone(key, value);
    }

    private <T extends Record> Write putAlone(Key<T> key, T value) {
      changes.add(new Change.Put(key.path(), RecordCodec.standard().write(value)));
      return this;
    }

    /** Removes a record, which must be as it was read. */
    public Write delete(Versioned<?> old) {
      conditions.add(new Condition.Unchanged(old.key().path(), old.revision()));
      return remove(old.key());
    }

    /** Removes what is at the key, if anything. */
    public Write remove(Key<?> key) {
      changes.add(new Change.Delete(key.path()));
      OpenMarks.of(key).ifPresent(mark -> changes.add(new Change.Delete(mark.path())));
      return this;
    }

    /** Requires that a record is as it was read. */
    public Write require(Versioned<?> unchanged) {
      conditions.add(new Condition.Unchanged(unchanged.key().path(), unchanged.revision()));
      return this;
    }

    /** Requires that there is no record at the key. */
    public Write requireAbsent(Key<?> key) {
      conditions.add(new Condition.Absent(key.path()));
      return this;
    }

    /** Tells the audit trail of what is written, by a message that is stored with it. */
    public Write audit(AuditEntry entry) {
      entries.add(entry);
      return this;
    }

    private void queueEntries() {
      long basis =
          conditions.stream()
              .filter(Condition.Unchanged.class::isInstance)
              .mapToLong(condition -> ((Condition.Unchanged) condition).revision())
              .max()
              .orElse(0);
      for (AuditEntry entry : entries) {
        OutboxMessage message = AuditMessages.of(entry, basis);
        if (!messages.contains(message)) {
          messages.add(message);
          put(Keys.outboxMessage(message.id()), message);
        }
      }
      entries.clear();
    }

    /**
     * Hands the audit entries of this transaction, which is committed, to the trail. What it does
     * not take now stays in the outbox, for the leader.
     */
    public void deliverAudit(AuditTrail trail) {
      for (OutboxMessage message : messages) {
        try {
          trail.append(message.id(), Objects.requireNonNull(message.audit()));
          write().remove(Keys.outboxMessage(message.id())).commit();
        } catch (CiteException unavailable) {
          return;
        }
      }
    }

    /**
     * Adds what another transaction would do. Refused, with nothing added, if the one changes what
     * the other is about or if it would be too much for one transaction.
     */
    public boolean merge(Write other) {
      queueEntries();
      other.queueEntries();
      if (conditions.size() + other.conditions.size() > MOST
          || changes.size() + other.changes.size() > MOST
          || changesWhatIsIn(other)
          || other.changesWhatIsIn(this)) {
        return false;
      }
      conditions.addAll(other.conditions);
      changes.addAll(other.changes);
      written.addAll(other.written);
      messages.addAll(other.messages);
      return true;
    }

    private boolean changesWhatIsIn(Write other) {
      Set<String> changed = new HashSet<>();
      changes.forEach(change -> changed.add(change.key()));
      return other.changes.stream().anyMatch(change -> changed.contains(change.key()))
          || other.conditions.stream().anyMatch(condition -> changed.contains(condition.key()));
    }

    /** Whether nothing would be changed. */
    public boolean isEmpty() {
      return changes.isEmpty() && entries.isEmpty();
    }

    /** Writes; false if a condition did not hold, and then nothing was written. */
    public boolean commit() {
      queueEntries();
      MetadataStore.Transaction transaction = new MetadataStore.Transaction(conditions, changes);
      MetadataStore.Commit outcome =
          store.commit(fence == null ? transaction : transaction.and(fence));
      if (outcome instanceof MetadataStore.Commit.Committed committed) {
        synchronized (recent) {
          written.forEach(w -> recent.put(w.key().path(), w.at(committed.revision())));
        }
        return true;
      }
      return false;
    }

    /**
     * Writes, or gives up on what is being done: somebody else changed a record, or this process
     * does not lead any more. Whoever catches it reads again.
     */
    public void commitOrRetry() {
      if (!commit()) {
        throw new StaleRead();
      }
    }
  }

  /** What a transaction writes, with the revision that made it; null if that one does. */
  private record Written<T extends Record>(Key<T> key, T value, @Nullable Long createRevision) {
    Versioned<T> at(long revision) {
      return new Versioned<>(
          key, value, createRevision == null ? revision : createRevision, revision);
    }
  }
}
