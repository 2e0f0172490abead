package io.cite.core.domain.service;

import io.cite.core.domain.service.StepRecord.CreateStep;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service's life: what was asked for and how far its making or deletion has come. It exists from
 * the moment the request is accepted; the settings at {@code /cite/{namespace}/{service}} only from
 * their step on.
 *
 * @param settings what was asked for; later changes are made to the stored settings, not here
 * @param steps one record for each step, in order
 * @param sealedSecrets secret variables, each sealed, until they are in the cluster
 * @param cause why it failed or is degraded; null if it is not
 * @param head head of the branch when the request was accepted: what was pushed since is to run
 * @param deletingSince when somebody ordered its deletion; null if nobody has
 */
public record ServiceRecord(
    ServiceSettings settings,
    ServiceState state,
    List<StepRecord> steps,
    Map<String, String> sealedSecrets,
    @Nullable String cause,
    String requestedBy,
    Instant requestedAt,
    @Nullable CommitId head,
    @Nullable Instant deletingSince) {
  public ServiceRecord {
    steps = List.copyOf(steps);
    sealedSecrets = Map.copyOf(sealedSecrets);
  }

  /** A creation that has been accepted and not begun. */
  public static ServiceRecord requested(
      ServiceSettings settings, Map<String, String> sealedSecrets, CommitId head, Instant at) {
    List<StepRecord> steps =
        Arrays.stream(CreateStep.values())
            .map(step -> new StepRecord(step, StepRecord.Progress.PENDING, "", at))
            .toList();
    return new ServiceRecord(
        settings,
        ServiceState.CREATING,
        steps,
        sealedSecrets,
        null,
        settings.createdBy(),
        at,
        head,
        null);
  }

  /** The service's id. */
  public ServiceId id() {
    return settings.id();
  }

  /** How far this step has come. */
  public StepRecord step(CreateStep step) {
    return steps.stream().filter(s -> s.step() == step).findFirst().orElseThrow();
  }

  /** This record with other settings. */
  public ServiceRecord with(ServiceSettings changed) {
    return new ServiceRecord(
        changed, state, steps, sealedSecrets, cause, requestedBy, requestedAt, head, deletingSince);
  }

  /** This record with the step where it now is. */
  public ServiceRecord with(
      CreateStep step, StepRecord.Progress progress, String detail, Instant at) {
    return with(new StepRecord(step, progress, detail, at));
  }

  /** This record once what the step had made was removed. */
  ServiceRecord undone(CreateStep step, Instant at) {
    StepRecord before = step(step);
    StepRecord.Progress end =
        before.progress() == StepRecord.Progress.FAILED
            ? StepRecord.Progress.FAILED
            : StepRecord.Progress.UNDONE;
    return with(new StepRecord(step, end, before.detail(), at, true));
  }

  private ServiceRecord with(StepRecord step) {
    List<StepRecord> changed = new ArrayList<>(steps);
    changed.replaceAll(before -> before.step() == step.step() ? step : before);
    return new ServiceRecord(
        settings,
        state,
        changed,
        sealedSecrets,
        cause,
        requestedBy,
        requestedAt,
        head,
        deletingSince);
  }

  /** This record in another state. */
  public ServiceRecord in(ServiceState newState, @Nullable String newCause) {
    return new ServiceRecord(
        settings,
        newState,
        steps,
        sealedSecrets,
        newCause,
        requestedBy,
        requestedAt,
        head,
        deletingSince);
  }

  /** This record once somebody ordered that the service is deleted. */
  public ServiceRecord deleting(Instant at) {
    return new ServiceRecord(
        settings,
        ServiceState.DELETING,
        steps,
        sealedSecrets,
        null,
        requestedBy,
        requestedAt,
        head,
        deletingSince == null ? at : deletingSince);
  }

  /** This record under the new name of the repository. */
  public ServiceRecord renamed(RepositoryName now) {
    return new ServiceRecord(
        settings.renamed(now),
        state,
        steps,
        sealedSecrets,
        cause,
        requestedBy,
        requestedAt,
        head,
        deletingSince);
  }

  /** This record once its secrets are in the cluster. */
  public ServiceRecord withoutSecrets() {
    return new ServiceRecord(
        settings, state, steps, Map.of(), cause, requestedBy, requestedAt, head, deletingSince);
  }
}
