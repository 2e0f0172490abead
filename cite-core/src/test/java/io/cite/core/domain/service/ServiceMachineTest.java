package io.cite.core.domain.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.domain.service.ServiceMachine.ServiceEvent;
import io.cite.core.domain.service.StepRecord.CreateStep;
import io.cite.core.domain.service.StepRecord.Progress;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a service's record comes through its steps, fails and is undone. */
class ServiceMachineTest {
  private static final Instant ORDERED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = ORDERED.plusSeconds(60);

  private static ServiceRecord ordered() {
    ServiceSettings settings =
        new ServiceSettings(
            ServiceId.of("acme", "hello"),
            RepositoryName.parse("acme/hello"),
            1,
            BranchName.parse("main"),
            new ContainerPorts(List.of(8080)),
            null,
            Probe.tcp(),
            new Replicas(1),
            true,
            false,
            Variables.none(),
            List.of("KEY"),
            List.of(),
            "ada",
            ORDERED);
    CommitId head = new CommitId("0123456789abcdef0123456789abcdef01234567");
    return ServiceRecord.requested(settings, Map.of("KEY", "sealed"), head, ORDERED);
  }

  private static ServiceRecord apply(ServiceRecord record, ServiceEvent event) {
    return ServiceMachine.apply(record, event, LATER);
  }

  private static ServiceRecord end(ServiceRecord record, CreateStep step, Progress progress) {
    ServiceRecord begun = apply(record, new ServiceEvent.StepStarted(step));
    return apply(begun, new ServiceEvent.StepEnded(step, progress, "detail of " + step.text()));
  }

  private static ServiceRecord made() {
    ServiceRecord record = ordered();
    for (CreateStep step : CreateStep.values()) {
      record = end(record, step, Progress.DONE);
    }
    return record;
  }

  @Test
  void takesTheStepsInTheirOrder() {
    List<CreateStep> taken = new ArrayList<>();
    ServiceRecord record = ordered();
    while (ServiceMachine.nextStep(record).isPresent()) {
      CreateStep step = ServiceMachine.nextStep(record).orElseThrow().step();
      taken.add(step);
      record = end(record, step, Progress.DONE);
    }
    assertThat(taken).containsExactly(CreateStep.values());
  }

  @Test
  void isReadyOnceAllStepsAreMadeAndKeepsNoSecretThen() {
    ServiceRecord ready = apply(made(), new ServiceEvent.StepsCompleted());

    assertThat(ready.state()).isEqualTo(ServiceState.READY);
    assertThat(ready.sealedSecrets()).isEmpty();
    assertThat(ready.cause()).isNull();
  }

  @Test
  void isNotReadyWhileAStepIsOpen() {
    ServiceRecord begun =
        apply(ordered(), new ServiceEvent.StepStarted(CreateStep.KUBERNETES_SERVICE));

    assertThat(apply(begun, new ServiceEvent.StepsCompleted())).isEqualTo(begun);
  }

  @Test
  void worksWithoutAStepThatIsPossibleLaterAndSaysWhichAndSinceWhen() {
    ServiceRecord degraded =
        apply(
            end(made(), CreateStep.LOG_INDEX, Progress.DEGRADED),
            new ServiceEvent.StepsCompleted());
    assertThat(degraded.state()).isEqualTo(ServiceState.DEGRADED);
    assertThat(degraded.cause()).isEqualTo("log index: detail of log index");

    ServiceRecord triedAgain =
        ServiceMachine.apply(
            degraded,
            new ServiceEvent.StepEnded(CreateStep.LOG_INDEX, Progress.DEGRADED, "still down"),
            LATER.plusSeconds(600));
    assertThat(triedAgain.step(CreateStep.LOG_INDEX).at()).isEqualTo(LATER);

    ServiceRecord mended =
        apply(
            end(triedAgain, CreateStep.LOG_INDEX, Progress.DONE),
            new ServiceEvent.StepsCompleted());
    assertThat(mended.state()).isEqualTo(ServiceState.READY);
  }

  @Test
  void undoesBackwardsWhatItMadeAndLeavesWhatItFound() {
    ServiceRecord failed = end(ordered(), CreateStep.NAMESPACE, Progress.ADOPTED);
    failed = end(failed, CreateStep.LOG_INDEX, Progress.SKIPPED);
    failed = end(failed, CreateStep.WEBHOOKS, Progress.DONE);
    failed = apply(failed, new ServiceEvent.StepFailed(CreateStep.COLLABORATOR, "it is forbidden"));
    assertThat(failed.state()).isEqualTo(ServiceState.FAILED);
    assertThat(failed.cause()).isEqualTo("collaborator: it is forbidden");
    assertThat(failed.sealedSecrets()).isEmpty();

    List<CreateStep> undone = new ArrayList<>();
    while (ServiceMachine.nextUndo(failed).isPresent()) {
      CreateStep step = ServiceMachine.nextUndo(failed).orElseThrow();
      undone.add(step);
      failed = apply(failed, new ServiceEvent.StepUndone(step));
    }
    assertThat(undone).containsExactly(CreateStep.COLLABORATOR, CreateStep.WEBHOOKS);
    assertThat(failed.step(CreateStep.COLLABORATOR).progress()).isEqualTo(Progress.FAILED);
    assertThat(failed.step(CreateStep.WEBHOOKS).progress()).isEqualTo(Progress.UNDONE);
  }

  @Test
  void isBeingDeletedSinceTheFirstOrderWhateverHappensThen() {
    ServiceRecord deleting = apply(made(), new ServiceEvent.DeletionRequested());

    assertThat(deleting.deletingSince()).isEqualTo(LATER);
    assertThat(
            ServiceMachine.apply(
                deleting, new ServiceEvent.DeletionRequested(), LATER.plusSeconds(1)))
        .isEqualTo(deleting);
    assertThat(end(deleting, CreateStep.NAMESPACE, Progress.DONE)).isEqualTo(deleting);
  }

  @Test
  void saysWhatHoldsUpTheDeletion() {
    ServiceRecord deleting = apply(made(), new ServiceEvent.DeletionRequested());

    ServiceRecord held = apply(deleting, new ServiceEvent.Obstructed("GitHub does not answer"));

    assertThat(held.state()).isEqualTo(ServiceState.DELETING);
    assertThat(held.cause()).isEqualTo("GitHub does not answer");
  }
}
