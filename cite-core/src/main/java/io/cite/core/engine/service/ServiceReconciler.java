package io.cite.core.engine.service;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceId;
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
import io.cite.core.port.AuditTrail;
import io.cite.core.port.InstantSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes services and takes them away: a saga whose progress is stored step by step. A failed step
 * that the service cannot do without has everything taken back in reverse; one that it can do
 * without leaves it degraded and is tried again.
 */
public final class ServiceReconciler {
  private static final Duration AGAIN = Duration.ofSeconds(15);
  private static final Duration SELDOM = Duration.ofMinutes(10);

  private final Records records;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final CreateSettings settings;
  private final CreateSteps steps;
  private final SharedResources lastOne;

  public ServiceReconciler(
      Records records,
      AuditTrail audit,
      InstantSource clock,
      CreateSteps steps,
      CreateSettings settings) {
    this.records = records;
    this.audit = audit;
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
            noteTrouble(stored.get(), e);
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
    Optional<StepRecord> next =
        record.steps().stream().filter(s -> !s.progress().isSettled()).findFirst();
    Instant now = clock.instant();
    if (next.isEmpty()) {
      finish(stored, record.withoutSecrets(), now);
      return true;
    }
    CreateStep step = next.get().step();
    if (next.get().progress() == Progress.PENDING) {
      replace(stored, record.with(step, Progress.STARTED, "", now));
      return true;
    }
    ServiceRecord after;
    try {
      CreateSteps.Result result = steps.perform(step, record);
      after = record.with(step, result.progress(), result.detail(), now).in(record.state(), null);
    } catch (CiteException e) {
      after = failed(record, step, next.get(), e, now);
      if (after == record) {
        noteTrouble(stored, e);
        throw e;
      }
    }
    replace(stored, after);
    return true;
  }

  private void noteTrouble(Versioned<ServiceRecord> stored, CiteException e) {
    if (!e.getMessage().equals(stored.value().cause())) {
      replace(stored, stored.value().in(stored.value().state(), e.getMessage()));
    }
  }

  private ServiceRecord failed(
      ServiceRecord record, CreateStep step, StepRecord begun, CiteException e, Instant now) {
    if (step.isOptional()) {
      return record.with(step, Progress.DEGRADED, e.getMessage(), now);
    }
    boolean again = e instanceof Upstream upstream && upstream.isRetryable();
    if (again && now.isBefore(begun.at().plus(settings.createTimeout()))) {
      return record;
    }
    return record
        .with(step, Progress.FAILED, e.getMessage(), now)
        .in(ServiceState.FAILED, step.text() + ": " + e.getMessage())
        .withoutSecrets();
  }

  private void finish(Versioned<ServiceRecord> stored, ServiceRecord record, Instant now) {
    List<String> open =
        record.steps().stream()
            .filter(s -> s.progress() == Progress.DEGRADED)
            .map(s -> s.step().text() + ": " + s.detail())
            .toList();
    replace(
        stored,
        open.isEmpty()
            ? record.in(ServiceState.READY, null)
            : record.in(ServiceState.DEGRADED, String.join("; ", open)));
    audit(record, AuditEntry.Outcome.DONE, open.isEmpty() ? "ready" : "degraded: " + open, now);
  }

  private Optional<Duration> repair(Versioned<ServiceRecord> stored) {
    ServiceRecord record = stored.value();
    Instant now = clock.instant();
    for (StepRecord step : stored.value().steps()) {
      if (step.progress() == Progress.DEGRADED) {
        try {
          CreateSteps.Result result = steps.perform(step.step(), record);
          record = record.with(step.step(), result.progress(), result.detail(), now);
        } catch (CiteException e) {
          record = record.with(step.step(), Progress.DEGRADED, e.getMessage(), step.at());
        }
      }
    }
    boolean whole = record.steps().stream().noneMatch(step -> step.progress() == Progress.DEGRADED);
    if (whole) {
      replace(stored, record.in(ServiceState.READY, null));
      return Optional.empty();
    }
    return Optional.of(pause(record, now));
  }

  /** What waits for a person, such as an invitation, is asked for the less often the longer. */
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

  /** Takes back one step of a failed creation; false once all are taken back. */
  private boolean compensate(Versioned<ServiceRecord> stored) {
    ServiceRecord record = stored.value();
    if (awaitsEnvironments(record.id())) {
      return false;
    }
    List<CreateStep> backwards = Arrays.asList(CreateStep.values());
    Collections.reverse(backwards);
    for (CreateStep step : backwards) {
      Progress progress = record.step(step).progress();
      boolean mayBeOurs =
          progress == Progress.DONE || progress == Progress.DEGRADED || progress == Progress.FAILED;
      if (mayBeOurs && !record.step(step).detail().startsWith("undone")) {
        if (!(progress == Progress.FAILED && step == CreateStep.NAMESPACE)) {
          steps.undo(step, record.settings());
        }
        String detail = "undone; " + record.step(step).detail();
        Progress end = progress == Progress.FAILED ? Progress.FAILED : Progress.UNDONE;
        replace(stored, record.with(step, end, detail, clock.instant()));
        return true;
      }
    }
    if (records.get(Keys.link(record.settings().repository(), record.id())).isPresent()) {
      release(record);
      audit(record, AuditEntry.Outcome.FAILED, String.valueOf(record.cause()), clock.instant());
    }
    return false;
  }

  /** Gives back the names that the service had claimed. */
  private void release(ServiceRecord record) {
    Records.Write write =
        records.write().remove(Keys.link(record.settings().repository(), record.id()));
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
    List<CreateStep> backwards = Arrays.asList(CreateStep.values());
    Collections.reverse(backwards);
    for (CreateStep step : backwards) {
      try {
        steps.undo(step, record.settings());
      } catch (NotFound e) {
        // what is not there need not be taken away
      }
    }
    release(record);
    records.write().delete(stored).commitOrRetry();
    audit.append(
        new AuditEntry(
            clock.instant(),
            "cite",
            AuditAction.SERVICE_DELETE,
            id.toString(),
            AuditEntry.Outcome.DONE,
            ""));
  }

  /**
   * Whether environments are still there, which whoever works on them is to take away, with all
   * that was built and deployed there; the end of each brings the service up again.
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

  private void replace(Versioned<ServiceRecord> stored, ServiceRecord record) {
    records.write().replace(stored, record).commitOrRetry();
  }

  private void audit(
      ServiceRecord record, AuditEntry.Outcome outcome, @Nullable String detail, Instant at) {
    audit.append(
        new AuditEntry(
            at,
            "cite",
            AuditAction.SERVICE_CREATE,
            record.id().toString(),
            outcome,
            String.valueOf(detail)));
  }
}
