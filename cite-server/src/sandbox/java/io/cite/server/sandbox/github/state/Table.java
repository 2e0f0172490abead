package io.cite.server.sandbox.github.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Rows by number, oldest first. Thread-safe; several calls are made one change by holding the
 * monitor of the {@link State} that the table belongs to.
 */
public final class Table<T extends Row> {

  private final Object lock;
  private final Runnable changed;
  private final TreeMap<Long, T> rows = new TreeMap<>();
  private final Map<Long, TreeMap<Long, T>> byRepository = new HashMap<>();

  Table(Object lock, Runnable changed) {
    this.lock = lock;
    this.changed = changed;
  }

  void load(Collection<T> loaded) {
    loaded.forEach(this::put);
  }

  public T add(T row) {
    synchronized (lock) {
      put(row);
      changed.run();
      return row;
    }
  }

  public Optional<T> find(long id) {
    synchronized (lock) {
      return Optional.ofNullable(rows.get(id));
    }
  }

  /** The row of that number in that repository, so that no number leads into another one's. */
  public Optional<T> find(long repository, long id) {
    return find(id).filter(row -> row.repository() == repository);
  }

  public Optional<T> change(long id, UnaryOperator<T> change) {
    synchronized (lock) {
      T row = rows.get(id);
      return row == null ? Optional.empty() : Optional.of(add(change.apply(row)));
    }
  }

  public boolean remove(long id) {
    synchronized (lock) {
      T row = rows.remove(id);
      if (row == null) {
        return false;
      }
      byRepository.getOrDefault(row.repository(), new TreeMap<>()).remove(id);
      changed.run();
      return true;
    }
  }

  public List<T> of(long repository) {
    synchronized (lock) {
      TreeMap<Long, T> found = byRepository.get(repository);
      return found == null ? List.of() : new ArrayList<>(found.values());
    }
  }

  /** As {@link #of}, newest first. */
  public List<T> newestOf(long repository) {
    synchronized (lock) {
      TreeMap<Long, T> found = byRepository.get(repository);
      return found == null ? List.of() : new ArrayList<>(found.descendingMap().values());
    }
  }

  public List<T> all() {
    synchronized (lock) {
      return new ArrayList<>(rows.values());
    }
  }

  void removeRepository(long repository) {
    synchronized (lock) {
      of(repository).forEach(row -> remove(row.id()));
    }
  }

  private void put(T row) {
    rows.put(row.id(), row);
    byRepository.computeIfAbsent(row.repository(), key -> new TreeMap<>()).put(row.id(), row);
  }
}
