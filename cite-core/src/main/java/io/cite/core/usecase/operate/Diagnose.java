package io.cite.core.usecase.operate;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.audit.Caller;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Outside;
import io.cite.core.engine.Records;
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
  private final Outside outside;
  private final ClusterCheck cluster;
  private final WorkCheck work;
  private final RecordCheck orphans;
  private final ClaimCheck claims;

  /** The use case on these ports. */
  public Diagnose(Outside outside, EngineSettings settings) {
    this.outside = outside;
    Records records = new Records(outside.store());
    this.cluster = new ClusterCheck(records, outside, settings);
    this.work = new WorkCheck(records, outside.clock(), settings.buildPatience());
    this.orphans = new RecordCheck(records);
    this.claims = new ClaimCheck(records, outside.clock());
  }

  /**
   * The order.
   *
   * @param fix whether to repair what can be repaired
   */
  public record Command(Caller caller, boolean fix) {}

  /** What was found; empty where everything is as it should be. */
  public List<Finding> execute(Command command) {
    List<Ailment> ailments = new ArrayList<>();
    ailments.addAll(cluster.look(command.caller()));
    ailments.addAll(work.look());
    ailments.addAll(orphans.look());
    ailments.addAll(claims.look());
    if (!command.fix()) {
      return ailments.stream().map(Ailment::shown).toList();
    }
    List<Finding> findings = new ArrayList<>();
    for (Ailment ailment : ailments) {
      if (ailment.remedy() != null) {
        audit(command.caller(), ailment);
      }
      findings.add(ailment.cured());
    }
    return List.copyOf(findings);
  }

  private void audit(Caller caller, Ailment ailment) {
    outside
        .audit()
        .append(
            new AuditEntry(
                outside.clock().instant(),
                caller.name(),
                AuditAction.REPAIR,
                ailment.target(),
                AuditEntry.Outcome.ACCEPTED,
                ailment.kind().code() + ": " + ailment.text()));
  }
}
