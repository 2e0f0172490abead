package io.cite.core.usecase.operate;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.audit.Caller;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Ports;
import io.cite.core.engine.record.Records;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what should not be: objects without records, records without objects, work that stands
 * still. Repairs what can be repaired safely: it writes with conditions, makes what is missing,
 * removes only controllers of CITE's that nothing refers to, and otherwise has the engine look
 * again. It may run beside a working engine; what is being worked on is no finding. Throws {@link
 * io.cite.core.error.Upstream} where the store or the cluster cannot be read.
 */
public final class Diagnose {
  private final Ports ports;
  private final ClusterCheck cluster;
  private final WorkCheck work;
  private final RecordCheck orphans;
  private final OrphanedReservations claims;

  /** The use case on these ports. */
  public Diagnose(Ports ports, EngineSettings settings) {
    this.ports = ports;
    Records records = new Records(ports.store());
    this.cluster = new ClusterCheck(records, ports, settings);
    this.work = new WorkCheck(records, ports.clock(), settings.buildTimeout());
    this.orphans = new RecordCheck(records);
    this.claims = new OrphanedReservations(records, ports.clock());
  }

  /**
   * The order.
   *
   * @param fix whether to repair what can be repaired
   */
  public record Command(Caller caller, boolean fix) {}

  /** What was found; empty where everything is as it should be. */
  public List<Finding> execute(Command command) {
    List<Issue> ailments = new ArrayList<>();
    ailments.addAll(cluster.look(command.caller()));
    ailments.addAll(work.look());
    ailments.addAll(orphans.look());
    ailments.addAll(claims.look());
    if (!command.fix()) {
      return ailments.stream().map(Issue::shown).toList();
    }
    List<Finding> findings = new ArrayList<>();
    for (Issue ailment : ailments) {
      if (ailment.remedy() != null) {
        audit(command.caller(), ailment);
      }
      findings.add(ailment.repaired());
    }
    return List.copyOf(findings);
  }

  private void audit(Caller caller, Issue ailment) {
    ports
        .audit()
        .append(
            new AuditEntry(
                ports.clock().instant(),
                caller.name(),
                AuditAction.REPAIR,
                ailment.target(),
                AuditEntry.Outcome.ACCEPTED,
                ailment.kind().code() + ": " + ailment.text()));
  }
}
