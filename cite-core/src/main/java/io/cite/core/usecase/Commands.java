package io.cite.core.usecase;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.engine.store.Stores;
import io.cite.core.engine.store.Transaction;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.port.AuditTrail;
import io.cite.core.port.InstantSource;
import java.time.Instant;

/**
 * Executes orders: read, decide, write, and again from the start if a record was changed in the
 * meantime. What is decided has no effect outside the store: the engine makes every other effect
 * after the decision is stored. So an order that is refused has changed nothing. The audit entry is
 * stored with the change. Thread-safe.
 */
public final class Commands {
  private static final int ATTEMPTS = 10;

  private final Stores stores;
  private final AuditTrail audit;
  private final InstantSource clock;

  /** Executes orders on these stores. */
  public Commands(Stores stores, AuditTrail audit, InstantSource clock) {
    this.stores = stores;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Who orders what.
   *
   * @param kind what the target is, in a word, such as {@code environment}
   * @param target which one, as the audit trail names it
   */
  public record Order(Caller caller, AuditAction action, String kind, String target) {
    /** An order about a service. */
    public static Order of(Caller caller, AuditAction action, ServiceId service) {
      return new Order(caller, action, "service", service.toString());
    }

    /** An order about an environment. */
    public static Order of(Caller caller, AuditAction action, EnvironmentId environment) {
      return new Order(caller, action, "environment", environment.toString());
    }

    /** An order about a deployment. */
    public static Order of(Caller caller, AuditAction action, EnvironmentId environment, long seq) {
      return new Order(caller, action, "deployment", environment + "#" + seq);
    }
  }

  /**
   * What was decided.
   *
   * @param result the answer to the caller, once it is stored
   * @param detail for the audit trail; never a secret
   */
  public record Decision<T>(T result, String detail) {
    /** A decision that the order says all about. */
    public static <T> Decision<T> of(T result) {
      return new Decision<>(result, "");
    }
  }

  /** Decides about an order from what is stored now. Called again if that has changed. */
  @FunctionalInterface
  public interface Decider<T> {
    /**
     * Puts into the transaction what is to be written.
     *
     * @throws io.cite.core.error.CiteException if the order is refused
     */
    Decision<T> decide(Transaction transaction, Instant now);
  }

  /**
   * Executes an order.
   *
   * @throws Conflict with {@code PRECONDITION_FAILED} if others change the same records all the
   *     time
   * @throws io.cite.core.error.Upstream with {@code STORE_UNAVAILABLE} if it could not be stored,
   *     or if the audit trail cannot be written
   */
  public <T> T execute(Order order, Decider<T> decider) {
    audit.requireWritable();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Transaction transaction = stores.begin();
      Instant now = clock.instant();
      Decision<T> decision = decider.decide(transaction, now);
      if (transaction.audit(entry(order, decision.detail(), now)).commit()) {
        transaction.deliverAudit(audit);
        return decision.result();
      }
    }
    throw new Conflict(
        ErrorCode.PRECONDITION_FAILED,
        "The " + order.kind() + " " + order.target() + " was changed at the same time. Try again.");
  }

  /** Notes an order that is accepted and changes no record by itself. */
  public void audit(Order order, String detail) {
    audit.requireWritable();
    Transaction transaction = stores.begin().audit(entry(order, detail, clock.instant()));
    if (transaction.commit()) {
      transaction.deliverAudit(audit);
    }
  }

  private static AuditEntry entry(Order order, String detail, Instant now) {
    return new AuditEntry(
        now,
        order.caller().name(),
        order.action(),
        order.target(),
        AuditEntry.Outcome.ACCEPTED,
        detail);
  }
}
