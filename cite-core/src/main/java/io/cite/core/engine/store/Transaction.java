package io.cite.core.engine.store;

import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.engine.record.Records;
import io.cite.core.port.AuditTrail;

/** What is to be written together: all of it is stored or nothing. Used by one thread, once. */
public final class Transaction {
  private final Records.Write write;

  Transaction(Records.Write write) {
    this.write = write;
  }

  /** Replaces a value, which must be as it was read. */
  public <T extends Record> Transaction replace(Revisioned<T> old, T value) {
    write.replace(old.stored(), value);
    return this;
  }

  /** Requires that a value is as it was read. */
  public Transaction require(Revisioned<?> unchanged) {
    write.require(unchanged.stored());
    return this;
  }

  /** Tells the audit trail of what is written; the entry leaves once it is stored. */
  public Transaction audit(AuditEntry entry) {
    write.audit(entry);
    return this;
  }

  /** Hands the entries of what is committed to the trail; the leader does what fails here. */
  public void deliverAudit(AuditTrail trail) {
    write.deliverAudit(trail);
  }

  Records.Write write() {
    return write;
  }

  /**
   * Writes; false if something was changed since it was read, and then nothing was written.
   *
   * @throws io.cite.core.error.Upstream if it could not be stored, or nobody can tell
   */
  public boolean commit() {
    return write.commit();
  }
}
