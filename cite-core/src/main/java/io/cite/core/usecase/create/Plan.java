package io.cite.core.usecase.create;

import io.cite.core.domain.dockerfile.ExposedPorts;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.service.StepRecord.CreateStep;
import java.util.List;

/**
 * What creating a service would change.
 *
 * @param ports the ports that it would have, and where each comes from
 * @param notes what somebody should know of the ports, in words
 */
public record Plan(
    ServiceSettings service,
    List<ExposedPorts.Port> ports,
    List<String> notes,
    List<Change> changes) {
  public Plan {
    ports = List.copyOf(ports);
    notes = List.copyOf(notes);
    changes = List.copyOf(changes);
  }

  /** One change. */
  public record Change(CreateStep step, Action action, String target) {}

  /** What would be done. */
  public enum Action {
    /** It is not there and would be made. */
    CREATE,
    /** It is there and would be used. */
    ADOPT,
    /** It would be made, or brought up to date if it is there. */
    ENSURE,
    /** Nothing: it is not configured. */
    SKIP
  }
}
