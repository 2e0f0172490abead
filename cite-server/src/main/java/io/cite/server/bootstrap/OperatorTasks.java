package io.cite.server.bootstrap;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.audit.Caller;
import io.cite.core.error.CiteException;
import io.cite.core.usecase.operate.Diagnose;
import io.cite.server.adapter.jdbi.AuditHead;
import io.cite.server.adapter.jdbi.AuditSignature;
import io.cite.server.adapter.jdbi.Database;
import io.cite.server.adapter.jdbi.Databases;
import io.cite.server.adapter.jdbi.JdbiAuditTrail;
import io.cite.server.config.Configuration;
import io.cite.server.http.HealthCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Connects to everything that a configuration names, and says what it found. */
public final class OperatorTasks {
  private OperatorTasks() {}

  /**
   * What was found of one system.
   *
   * @param failure in words; empty if it answers
   */
  public record Finding(String system, Optional<String> failure) {}

  /** Asks each system once. */
  public static List<Finding> check(Configuration configuration) {
    CiteComponent component = DaggerCiteComponent.factory().create(configuration, AuditUse.OWN);
    List<Finding> findings = new ArrayList<>();
    try {
      for (HealthCheck check : component.checks()) {
        findings.add(new Finding(check.name(), failure(check.probe())));
      }
    } catch (CiteException e) {
      findings.add(new Finding("start", Optional.of(e.getMessage())));
    } finally {
      component.resources().close();
    }
    return findings;
  }

  /**
   * Reads the whole audit trail, also beside a server that writes it.
   *
   * @param kept a head that was printed earlier; null if there is none
   * @return where the trail is not what was written; empty if it is
   * @throws io.cite.core.error.InvalidInput if the text is no head
   */
  public static Optional<String> verifyAudit(Configuration configuration, @Nullable String kept) {
    AuditHead head = kept == null ? null : AuditHead.parse(kept);
    return viewAudit(configuration, trail -> trail.verify(head));
  }

  /** The head of the audit trail as text, also beside a server that writes it. */
  public static String auditHead(Configuration configuration) {
    return viewAudit(configuration, trail -> trail.head().toString());
  }

  private static <T> T viewAudit(Configuration configuration, Function<JdbiAuditTrail, T> work) {
    try (Database database = Databases.viewAudit(AuditModule.settings(configuration.audit()))) {
      AuditSignature signature = AuditModule.signature(configuration.security());
      return work.apply(new JdbiAuditTrail(database, signature));
    }
  }

  /**
   * Signs the audit trail as it is, and appends an entry that says so.
   *
   * @param who name for the audit trail
   * @return the new head as text
   */
  public static String signAudit(Configuration configuration, String who) {
    CiteComponent component = DaggerCiteComponent.factory().create(configuration, AuditUse.OWN);
    try {
      AuditHead accepted = component.auditTrail().signAgain();
      component
          .auditTrail()
          .append(
              "audit sign " + accepted.hash(),
              new AuditEntry(
                  component.clock().instant(),
                  who,
                  AuditAction.REPAIR,
                  "audit trail",
                  AuditEntry.Outcome.DONE,
                  "the head " + accepted.sequence() + " was signed as it was found"));
      return component.auditTrail().head().toString();
    } finally {
      component.resources().close();
    }
  }

  /**
   * Finds what should not be, and repairs it on request; also beside servers that use etcd.
   *
   * @param who name for the audit trail
   * @throws CiteException if the store or the cluster cannot be reached
   */
  public static List<io.cite.core.engine.check.Finding> diagnose(
      Configuration configuration, String who, boolean fix) {
    CiteComponent component = DaggerCiteComponent.factory().create(configuration, AuditUse.SHARED);
    try {
      return component
          .useCases()
          .diagnose()
          .execute(new Diagnose.Command(new Caller(who, null), fix));
    } finally {
      component.resources().close();
    }
  }

  private static Optional<String> failure(Runnable probe) {
    try {
      probe.run();
      return Optional.empty();
    } catch (CiteException e) {
      return Optional.of(e.getMessage());
    }
  }
}
