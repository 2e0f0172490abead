package io.cite.core.engine.store;

import io.cite.core.engine.record.Versioned;

/**
 * A value as it is stored at a revision. Whoever writes a new value gives this one back, so that
 * nothing is overwritten that they have not read.
 */
public final class Revisioned<T extends Record> {
  private final Versioned<T> stored;

  Revisioned(Versioned<T> stored) {
    this.stored = stored;
  }

  /** The value. */
  public T value() {
    return stored.value();
  }

  /** Revision of the transaction that wrote it. */
  public long revision() {
    return stored.revision();
  }

  Versioned<T> stored() {
    return stored;
  }

  @Override
  public String toString() {
    return stored.value() + " at revision " + stored.revision();
  }
}
