package io.cite.core.engine.service;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceMachine;
import io.cite.core.domain.service.ServiceMachine.ServiceEvent;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.domain.service.StepRecord;
import io.cite.core.domain.service.StepRecord.CreateStep;
import io.cite.core.domain.service.StepRecord.Progress;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.error.CiteException;
import io.cite.core.error.NotFound;
import io.cite.core.error.Upstream;
import io.cite.core.port.InstantSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Creates and deletes services: a saga whose progress is stored step by step. A failed step that
 * the service cannot do without has everything taken back in reverse; one that it can do without
 * leaves it degraded and is tried again.
 */
public final class ServiceReconciler {
  private static final Duration AGAIN = Duration.ofSeconds(15);
  private static final Duration SELDOM = Duration.ofMinutes(10);

  private final Records records;
  private final InstantSource clock;
  private final CreateSettings settings;
  private final CreateSteps steps;
  private final SharedResources lastOne;

  public ServiceReconciler(
      Records records, InstantSource clock, CreateSteps steps, CreateSettings settings) {
    this.records = records;
    this.clock = clock;
    this.settings = settings;
    this.steps = steps;
    this.lastOne = new SharedResources(records);
  }

  /** Works on a service until nothing can be done now; says when to come again. */
  public Optional<Duration> reconcile(ServiceId id) {
    while (true) {
      Optional<Versioned<ServiceRecord>> stored = records.get(Keys.serviceRecord(id));
      if (stored.isEmpty()) {
        return Optional.empty();
      }
      switch (stored.get().value().state()) {
        case CREATING -> {
          if (!create(stored.get())) {
            return Optional.empty();
          }
        }
        case DEGRADED -> {
          return repair(stored.get());
        }
        case FAILED -> {
          if (!compensate(stored.get())) {
            return Optional.empty();
          }
        }
        case DELETING -> {
          try {
            delete(stored.get());
          } catch (CiteException e) {
            note(stored.get(), new ServiceEvent.Obstructed(e.getMessage()));
            throw e;
          }
          return Optional.empty();
        }
        case READY -> {
          return Optional.empty();
        }
      }
    }
  }

  private boolean create(Versioned<ServiceRecord> stored) {
    ServiceRecord record = stored.value();
    Optional<StepRecord> next = ServiceMachine.nextStep(record);
    if (next.isEmpty()) {
      finish(stored);
      return true;
    }
    CreateStep step = next.get().step();
    if (next.get().progress() == Progress.PENDING) {
      replace(stored, apply(record, new ServiceEvent.StepStarted(step)));
      return true;
    }
    ServiceEvent outcome;
    try {
      CreateSteps.Result result = steps.perform(step, record);
      outcome = new ServiceEvent.StepEnded(step, result.progress(), result.detail());
    } catch (CiteException e) {
      outcome = failed(next.get(), e);
      if (outcome instanceof ServiceEvent.Obstructed obstructed) {
        note(stored, obstructed);
        throw e;
      }
    }
    replace(stored, apply(record, outcome));
    return true;
  }

  private void note(Versioned<ServiceRecord> stored, ServiceEvent.Obstructed obstructed) {
    ServiceRecord noted = apply(stored.value(), obstructed);
    if (!noted.equals(stored.value())) {
      replace(stored, noted);
    }
  }

  private ServiceEvent failed(StepRecord begun, CiteException e) {
    if (begun.step().isOptional()) {
      return new ServiceEvent.StepEnded(begun.step(), Progress.DEGRADED, e.getMessage());
    }
    boolean again = e instanceof Upstream upstream && upstream.isRetryable();
    return again && clock.instant().isBefore(begun.at().plus(settings.createTimeout()))
        ? new ServiceEvent.Obstructed(e.getMessage())
        : new ServiceEvent.StepFailed(begun.step(), e.getMessage());
  }

  private void finish(Versioned<ServiceRecord> stored) {
    ServiceRecord record = apply(stored.value(), new ServiceEvent.StepsCompleted());
    String outcome = record.cause() == null ? "ready" : "degraded: " + record.cause();
    records
        .write()
        .replace(stored, record)
        .audit(entry(AuditAction.SERVICE_CREATE, record, AuditEntry.Outcome.DONE, outcome))
        .commitOrRetry();
  }

  private Optional<Duration> repair(Versioned<ServiceRecord> stored) {
    ServiceRecord record = stored.value();
    for (StepRecord step : ServiceMachine.degraded(record)) {
      ServiceEvent.StepEnded outcome;
      try {
        CreateSteps.Result result = steps.perform(step.step(), record);
        outcome = new ServiceEvent.StepEnded(step.step(), result.progress(), result.detail());
      } catch (CiteException e) {
        outcome = new ServiceEvent.StepEnded(step.step(), Progress.DEGRADED, e.getMessage());
      }
      record = apply(record, outcome);
    }
    record = apply(record, new ServiceEvent.StepsCompleted());
    if (!record.equals(stored.value())) {
      replace(stored, record);
    }
    return record.state() == ServiceState.READY
        ? Optional.empty()
        : Optional.of(pause(record, clock.instant()));
  }

  /** The longer a step waits, for a person's invitation for example, the longer is the pause. */
  private static Duration pause(ServiceRecord record, Instant now) {
    Instant since =
        record.steps().stream()
            .filter(step -> step.progress() == Progress.DEGRADED)
            .map(StepRecord::at)
            .max(Instant::compareTo)
            .orElse(now);
    Duration quarter = Duration.between(since, now).dividedBy(4);
    if (quarter.compareTo(AGAIN) < 0) {
      return AGAIN;
    }
    return quarter.compareTo(SELDOM) > 0 ? SELDOM : quarter;
  }

  private void takeBack(CreateStep step, ServiceRecord record) {
    try {
      steps.undo(step, record.settings());
    } catch (NotFound e) {
      // what is not there need not be removed
    }
  }

  /** Takes back one step of a failed creation; false once all are taken back. */
  private boolean compensate(Versioned<ServiceRecord> stored) {
    ServiceRecord record = stored.value();
    if (awaitsEnvironments(record.id())) {
      return false;
    }
    Optional<CreateStep> undo = ServiceMachine.nextUndo(record);
    if (undo.isPresent()) {
      CreateStep step = undo.get();
      // a namespace that could not be had is not ours to remove
      if (step != CreateStep.NAMESPACE || record.step(step).progress() != Progress.FAILED) {
        takeBack(step, record);
      }
      replace(stored, apply(record, new ServiceEvent.StepUndone(step)));
      return true;
    }
    if (records.get(Keys.link(record.settings().repository(), record.id())).isPresent()) {
      release(
          records.write(),
          entry(
              AuditAction.SERVICE_CREATE,
              record,
              AuditEntry.Outcome.FAILED,
              String.valueOf(record.cause())),
          record);
    }
    return false;
  }

  /** Gives back the names that the service had claimed. */
  private void release(Records.Write write, AuditEntry entry, ServiceRecord record) {
    write.remove(Keys.link(record.settings().repository(), record.id())).audit(entry);
    EnvironmentId environment = new EnvironmentId(record.id(), record.settings().branch());
    // it went with the environment, if there was one, and may have been claimed again since
    records
        .get(Keys.name(environment))
        .filter(claim -> claim.value().environment().equals(environment))
        .ifPresent(write::delete);
    lastOne.release(record.settings(), write);
    write.commitOrRetry();
  }

  private void delete(Versioned<ServiceRecord> stored) {
    ServiceRecord record = stored.value();
    ServiceId id = record.id();
    if (awaitsEnvironments(id)) {
      return;
    }
    for (CreateStep step : ServiceMachine.backwards()) {
      takeBack(step, record);
    }
    release(
        records.write().delete(stored),
        entry(AuditAction.SERVICE_DELETE, record, AuditEntry.Outcome.DONE, ""),
        record);
  }

  /**
   * Whether environments are still there, which whoever works on them is to delete, with all that
   * was built and deployed there; the end of each brings the service up again.
   */
  private boolean awaitsEnvironments(ServiceId id) {
    List<Versioned<EnvironmentSettings>> environments = records.list(Keys.environmentsOf(id));
    for (Versioned<EnvironmentSettings> environment : environments) {
      Optional<Versioned<EnvironmentState>> state =
          records.get(Keys.environmentState(environment.value().id()));
      if (state.isPresent() && !state.get().value().deleting()) {
        records.write().replace(state.get(), state.get().value().deleted()).commitOrRetry();
      }
    }
    return !environments.isEmpty();
  }

  private ServiceRecord apply(ServiceRecord record, ServiceEvent event) {
    return ServiceMachine.apply(record, event, clock.instant());
  }

  private void replace(Versioned<ServiceRecord> stored, ServiceRecord record) {
    records.write().replace(stored, record).commitOrRetry();
  }

  private AuditEntry entry(
      AuditAction action, ServiceRecord record, AuditEntry.Outcome outcome, String detail) {
    return new AuditEntry(clock.instant(), "cite", action, record.id().toString(), outcome, detail);
  }
}
