package io.cite.server.bootstrap;

import io.cite.core.domain.audit.Caller;
import io.cite.core.error.CiteException;
import io.cite.core.usecase.operate.Diagnose;
import io.cite.server.config.Configuration;
import io.cite.server.http.HealthCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    CiteComponent component = DaggerCiteComponent.factory().create(configuration);
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

  /** Reads the whole audit trail; says where it was changed, or nothing if it was not. */
  public static Optional<String> verifyAudit(Configuration configuration) {
    CiteComponent component = DaggerCiteComponent.factory().create(configuration);
    try {
      return component.auditTrail().verify();
    } finally {
      component.resources().close();
    }
  }

  /**
   * Finds what should not be, and repairs it on request.
   *
   * @param who name for the audit trail
   * @throws CiteException if the store, the audit trail or the cluster cannot be reached
   */
  public static List<io.cite.core.engine.check.Finding> diagnose(
      Configuration configuration, String who, boolean fix) {
    CiteComponent component = DaggerCiteComponent.factory().create(configuration);
    try {
      return component.diagnose().execute(new Diagnose.Command(new Caller(who, null), fix));
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
