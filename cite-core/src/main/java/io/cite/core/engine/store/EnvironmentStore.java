package io.cite.core.engine.store;

import io.cite.core.domain.service.BranchSlug;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.NameReservation;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.NotFound;
import java.util.List;
import java.util.Optional;

/** Environments: their settings, what the engine knows of them, and their names. Thread-safe. */
public final class EnvironmentStore {
  private final Records records;

  EnvironmentStore(Records records) {
    this.records = records;
  }

  /**
   * The environment of a service with this slug.
   *
   * @throws NotFound if there is none
   */
  public EnvironmentId bySlug(ServiceId service, BranchSlug slug) {
    return of(service).stream()
        .map(stored -> stored.value().id())
        .filter(id -> id.slug().equals(slug))
        .findFirst()
        .orElseThrow(() -> new NotFound("The service " + service + " has no environment " + slug));
  }

  /** Settings of a service's environments, by branch. */
  public List<Revisioned<EnvironmentSettings>> of(ServiceId service) {
    return records.list(Keys.environmentsOf(service)).stream().map(Revisioned::new).toList();
  }

  /** All environments. */
  public List<EnvironmentId> all() {
    return records.list(Keys.ENVIRONMENTS).stream().map(stored -> stored.value().id()).toList();
  }

  /** Whether the environment exists. */
  public boolean exists(EnvironmentId id) {
    return records.get(Keys.environment(id)).isPresent();
  }

  /**
   * The environment's settings.
   *
   * @throws NotFound if there is no such environment
   */
  public Revisioned<EnvironmentSettings> settings(EnvironmentId id) {
    return records.get(Keys.environment(id)).map(Revisioned::new).orElseThrow(() -> notFound(id));
  }

  /** What the engine knows of the environment; empty if there is no such environment. */
  public Optional<Revisioned<EnvironmentState>> findState(EnvironmentId id) {
    return records.get(Keys.environmentState(id)).map(Revisioned::new);
  }

  /**
   * The state of an environment that is to be given an order.
   *
   * @throws NotFound if there is no such environment
   * @throws Conflict if it is being deleted
   */
  public Revisioned<EnvironmentState> state(EnvironmentId id) {
    Revisioned<EnvironmentState> state = findState(id).orElseThrow(() -> notFound(id));
    if (state.value().deleting()) {
      throw new Conflict(ErrorCode.WRONG_STATE, "The environment " + id + " is being deleted");
    }
    return state;
  }

  private static NotFound notFound(EnvironmentId id) {
    return new NotFound("There is no environment " + id);
  }

  /** The environment that has the name which this one has or would get. */
  public Optional<EnvironmentId> holderOfName(EnvironmentId id) {
    return records.get(Keys.name(id)).map(Versioned::value).map(NameReservation::environment);
  }

  /** Adds an environment with its name, which nobody may have. */
  public void create(
      Transaction transaction, EnvironmentSettings settings, EnvironmentState state) {
    EnvironmentId id = settings.id();
    transaction
        .write()
        .create(Keys.environment(id), settings)
        .create(Keys.environmentState(id), state)
        .create(Keys.name(id), new NameReservation(id, settings.createdAt()));
  }

  /** Makes the engine check the environment, if there is one and it is not changed right now. */
  public void wake(EnvironmentId id) {
    // writing a record unchanged is an event for the leader
    records
        .get(Keys.environmentState(id))
        .ifPresent(state -> records.write().replace(state, state.value()).commit());
  }

  /** Where the settings are stored, as a person would look them up. */
  public String locationOf(EnvironmentId id) {
    return Keys.environment(id).path();
  }
}
