package io.cite.core.engine.store;

import io.cite.core.domain.service.BranchSlug;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.NotFound;

/** Finds services and environments for the use cases; all throw {@link NotFound} where none is. */
public final class Environments {
  /** How often a write is tried again when somebody else was quicker. */
  public static final int ATTEMPTS = 10;

  private final Records records;

  /** A finder in these records. */
  public Environments(Records records) {
    this.records = records;
  }

  /** The environment of a service with this slug. */
  public EnvironmentId bySlug(ServiceId service, BranchSlug slug) {
    return records.list(Keys.environmentsOf(service)).stream()
        .map(stored -> stored.value().id())
        .filter(id -> id.slug().equals(slug))
        .findFirst()
        .orElseThrow(() -> new NotFound("The service " + service + " has no environment " + slug));
  }

  /** The environment's settings. */
  public Versioned<EnvironmentSettings> settings(EnvironmentId id) {
    return records
        .get(Keys.environment(id))
        .orElseThrow(() -> new NotFound("There is no environment " + id));
  }

  /** The environment's state; one that is being deleted takes no orders. */
  public Versioned<EnvironmentState> state(EnvironmentId id) {
    Versioned<EnvironmentState> state =
        records
            .get(Keys.environmentState(id))
            .orElseThrow(() -> new NotFound("There is no environment " + id));
    if (state.value().deleting()) {
      throw new Conflict(ErrorCode.WRONG_STATE, "The environment " + id + " is being deleted");
    }
    return state;
  }

  /** The service's settings. */
  public Versioned<ServiceSettings> service(ServiceId id) {
    return records
        .get(Keys.service(id))
        .orElseThrow(() -> new NotFound("There is no service " + id));
  }
}
