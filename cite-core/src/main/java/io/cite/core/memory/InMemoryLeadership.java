package io.cite.core.memory;

import io.cite.core.port.Leadership;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Commit;
import io.cite.core.port.MetadataStore.Condition;
import io.cite.core.port.MetadataStore.Transaction;
import io.cite.core.port.Subscription;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An election among the candidates of one process: who makes the key {@value #KEY} in their common
 * store leads until it steps down or the key is gone. Without threads of its own: listeners are
 * called by the thread that campaigns, closes, deposes or removes the key. Thread-safe.
 */
public final class InMemoryLeadership implements Leadership {
  private static final String KEY = "/cite/.leader";

  private enum State {
    APART,
    WAITING,
    CHANGING,
    LEADING,
    CLOSED
  }

  private final MetadataStore store;
  private final String name;
  private final AtomicReference<State> state = new AtomicReference<>(State.APART);
  private volatile @Nullable Listener listener;
  private volatile @Nullable Subscription changes;
  private volatile @Nullable Term term;
  private volatile boolean closing;

  /**
   * A candidate.
   *
   * @param store the one that all candidates share
   * @param name of this candidate
   */
  public InMemoryLeadership(InMemoryMetadataStore store, String name) {
    this.store = store;
    this.name = name;
  }

  @Override
  public void campaign(Listener listener) {
    if (!state.compareAndSet(State.APART, State.CHANGING)) {
      throw new IllegalStateException("Candidate " + name + " takes part already or is closed");
    }
    this.listener = listener;
    changes = store.watch(KEY, changed -> check());
    state.set(State.WAITING);
    tryToLead();
  }

  /**
   * Ends the term as the loss of a lease would: the others may lead first, then this candidate
   * tries again. Does nothing if it does not lead.
   */
  public void depose() {
    stepDown();
    tryToLead();
  }

  @Override
  public void close() {
    closing = true;
    Subscription watching = changes;
    if (watching != null) {
      watching.close();
    }
    stepDown();
    if (!state.compareAndSet(State.WAITING, State.CLOSED)) {
      state.compareAndSet(State.APART, State.CLOSED);
    }
  }

  private void check() {
    Term current = term;
    if (current != null && !holds(current)) {
      stepDown();
    }
    tryToLead();
  }

  private boolean holds(Term current) {
    return store
        .get(KEY)
        .filter(entry -> entry.createRevision() == current.fence().createRevision())
        .isPresent();
  }

  private void tryToLead() {
    Listener notified = listener;
    while (notified != null
        && !closing
        && store.get(KEY).isEmpty()
        && state.compareAndSet(State.WAITING, State.CHANGING)) {
      Commit commit =
          store.commit(
              new Transaction(
                  List.of(new Condition.Absent(KEY)),
                  List.of(new Change.Put(KEY, Map.of("leader", name)))));
      if (commit instanceof Commit.Committed committed) {
        Term begun = new Term(name, new Condition.CreatedAt(KEY, committed.revision()));
        term = begun;
        notified.elected(begun);
        state.set(State.LEADING);
        if (closing || !holds(begun)) {
          stepDown();
        }
      } else {
        state.set(State.WAITING);
      }
    }
  }

  private void stepDown() {
    Listener notified = listener;
    Term ended = term;
    if (notified != null && ended != null && state.compareAndSet(State.LEADING, State.CHANGING)) {
      notified.deposed();
      store.commit(new Transaction(List.of(ended.fence()), List.of(new Change.Delete(KEY))));
      term = null;
      state.set(closing ? State.CLOSED : State.WAITING);
    }
  }
}
