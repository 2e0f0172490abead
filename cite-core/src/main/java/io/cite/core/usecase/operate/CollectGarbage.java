package io.cite.core.usecase.operate;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Ports;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.rollout.GarbageCollector;
import java.util.ArrayList;
import java.util.List;

/**
 * Says which retired rollouts may go now, and has the engine look at their environments; it is the
 * engine that removes them, so that no deployment begins to use one meanwhile.
 */
public final class CollectGarbage {
  private final Ports ports;
  private final Records records;
  private final GarbageCollector collector;

  /** The use case on these ports. */
  public CollectGarbage(Ports ports, EngineSettings settings) {
    this.ports = ports;
    this.records = new Records(ports.store());
    this.collector =
        new GarbageCollector(records, ports.cluster(), ports.clock(), settings.rollout());
  }

  /**
   * The order.
   *
   * @param dryRun only say what would go
   */
  public record Command(Caller caller, boolean dryRun) {}

  /** Names of the controllers that may go. */
  public List<String> execute(Command command) {
    if (!command.dryRun()) {
      ports
          .audit()
          .append(
              new AuditEntry(
                  ports.clock().instant(),
                  command.caller().name(),
                  AuditAction.GARBAGE_COLLECT,
                  "rollouts",
                  AuditEntry.Outcome.ACCEPTED,
                  ""));
    }
    List<String> names = new ArrayList<>();
    for (Versioned<EnvironmentState> state : records.list(Keys.ENVIRONMENTS)) {
      List<String> here = collector.removable(state.value().id());
      if (!here.isEmpty() && !command.dryRun()) {
        // writing it unchanged makes the leader look
        records.write().replace(state, state.value()).commit();
      }
      names.addAll(here);
    }
    return names;
  }
}
