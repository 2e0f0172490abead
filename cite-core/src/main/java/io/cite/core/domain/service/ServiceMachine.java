package io.cite.core.domain.service;

import static io.cite.core.domain.service.ServiceState.CREATING;
import static io.cite.core.domain.service.ServiceState.DEGRADED;
import static io.cite.core.domain.service.ServiceState.DELETING;
import static io.cite.core.domain.service.ServiceState.FAILED;
import static io.cite.core.domain.service.ServiceState.READY;

import io.cite.core.domain.Transitions;
import io.cite.core.domain.service.StepRecord.CreateStep;
import io.cite.core.domain.service.StepRecord.Progress;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rules of a service's life: a pure function of the record, what happened, and when. {@link
 * #nextStep} and {@link #nextUndo} say what has to be done; they depend on the stored record alone.
 */
public final class ServiceMachine {

  /** What can happen to a service. */
  public sealed interface ServiceEvent {
    /** A step begins; it may take effect from now on. */
    record StepStarted(CreateStep step) implements ServiceEvent {}

    /** A step came to its end: made, found, skipped, or possible only later. */
    record StepEnded(CreateStep step, Progress progress, String detail) implements ServiceEvent {}

    /** A step that the service cannot do without failed for good. */
    record StepFailed(CreateStep step, String cause) implements ServiceEvent {}

    /** Something holds up what is being done; it is tried again. */
    record Obstructed(String cause) implements ServiceEvent {}

    /** All steps came to an end. */
    record StepsCompleted() implements ServiceEvent {}

    /** What a failed creation made by this step was removed. */
    record StepUndone(CreateStep step) implements ServiceEvent {}

    /** A person ordered the deletion. */
    record DeletionRequested() implements ServiceEvent {}
  }

  /** Why an event changes nothing. */
  public enum Refusal {
    /** The steps have come to their end. */
    NOT_CREATING,
    /** A step has not come to its end. */
    STEPS_OPEN,
    /** The creation did not fail. */
    NOT_FAILED,
    /** The step made nothing that has to be removed, or it was removed. */
    NOTHING_TO_UNDO,
    /** The service works; what holds up a step is in the step's record. */
    NOT_HELD_UP,
    /** The service is being deleted. */
    BEING_DELETED
  }

  private static final Transitions<ServiceState, ServiceRecord, ServiceEvent> TABLE =
      Transitions.of(ServiceState.class, ServiceEvent.class, ServiceRecord::state)
          .same(
              EnumSet.of(CREATING),
              ServiceEvent.StepStarted.class,
              (r, e, at) -> r.with(e.step(), Progress.STARTED, "", at))
          .refuse(
              EnumSet.of(READY, DEGRADED, FAILED),
              ServiceEvent.StepStarted.class,
              Refusal.NOT_CREATING)
          .same(
              EnumSet.of(CREATING),
              ServiceEvent.StepEnded.class,
              (r, e, at) -> r.with(e.step(), e.progress(), e.detail(), at).in(CREATING, null))
          .same(
              EnumSet.of(DEGRADED),
              ServiceEvent.StepEnded.class,
              (r, e, at) -> r.with(e.step(), e.progress(), e.detail(), since(r, e, at)))
          .refuse(EnumSet.of(READY, FAILED), ServiceEvent.StepEnded.class, Refusal.NOT_CREATING)
          .row(
              EnumSet.of(CREATING),
              ServiceEvent.StepFailed.class,
              FAILED,
              (r, e, at) ->
                  r.with(e.step(), Progress.FAILED, e.cause(), at)
                      .in(FAILED, e.step().text() + ": " + e.cause())
                      .withoutSecrets())
          .refuse(
              EnumSet.of(READY, DEGRADED, FAILED),
              ServiceEvent.StepFailed.class,
              Refusal.NOT_CREATING)
          .same(
              EnumSet.of(CREATING, DELETING),
              ServiceEvent.Obstructed.class,
              (r, e, at) -> r.in(r.state(), e.cause()))
          .refuse(
              EnumSet.of(READY, DEGRADED, FAILED),
              ServiceEvent.Obstructed.class,
              Refusal.NOT_HELD_UP)
          .row(
              EnumSet.of(CREATING, DEGRADED),
              ServiceEvent.StepsCompleted.class,
              EnumSet.of(READY, DEGRADED),
              (r, e, at) -> nextStep(r).isEmpty(),
              Refusal.STEPS_OPEN,
              (r, e, at) -> completed(r.withoutSecrets()))
          .refuse(
              EnumSet.of(READY, FAILED), ServiceEvent.StepsCompleted.class, Refusal.NOT_CREATING)
          .same(
              EnumSet.of(FAILED),
              ServiceEvent.StepUndone.class,
              (r, e, at) -> r.step(e.step()).mayHaveMade(),
              Refusal.NOTHING_TO_UNDO,
              (r, e, at) -> r.undone(e.step(), at))
          .refuse(
              EnumSet.of(CREATING, READY, DEGRADED),
              ServiceEvent.StepUndone.class,
              Refusal.NOT_FAILED)
          .row(
              EnumSet.of(CREATING, READY, DEGRADED, FAILED),
              ServiceEvent.DeletionRequested.class,
              DELETING,
              (r, e, at) -> r.deleting(at))
          .refuseAllElse(EnumSet.of(DELETING), Refusal.BEING_DELETED)
          .build();

  private ServiceMachine() {}

  /** A step that stays degraded is so since it was degraded first. */
  private static Instant since(ServiceRecord record, ServiceEvent.StepEnded e, Instant at) {
    StepRecord before = record.step(e.step());
    boolean still = before.progress() == Progress.DEGRADED && e.progress() == Progress.DEGRADED;
    return still ? before.at() : at;
  }

  private static ServiceRecord completed(ServiceRecord record) {
    List<StepRecord> open = degraded(record);
    if (open.isEmpty()) {
      return record.in(READY, null);
    }
    String cause =
        open.stream()
            .map(step -> step.step().text() + ": " + step.detail())
            .collect(Collectors.joining("; "));
    return record.in(DEGRADED, cause);
  }

  /** The record after the event. */
  public static ServiceRecord apply(ServiceRecord record, ServiceEvent event, Instant at) {
    return TABLE.apply(record, event, at);
  }

  /** The rules as a table. */
  public static Transitions<ServiceState, ServiceRecord, ServiceEvent> transitions() {
    return TABLE;
  }

  /** The step of the creation that has not come to its end; empty if all have. */
  public static Optional<StepRecord> nextStep(ServiceRecord record) {
    return record.steps().stream().filter(step -> !step.progress().isSettled()).findFirst();
  }

  /** The steps that are tried again while the service works without them. */
  public static List<StepRecord> degraded(ServiceRecord record) {
    return record.steps().stream().filter(step -> step.progress() == Progress.DEGRADED).toList();
  }

  /** The step of a failed creation to be undone next, in reverse order; empty if all are. */
  public static Optional<CreateStep> nextUndo(ServiceRecord record) {
    return backwards().stream().filter(step -> record.step(step).mayHaveMade()).findFirst();
  }

  /** All steps in the order in which they are undone. */
  public static List<CreateStep> backwards() {
    List<CreateStep> steps = Arrays.asList(CreateStep.values());
    Collections.reverse(steps);
    return steps;
  }
}
