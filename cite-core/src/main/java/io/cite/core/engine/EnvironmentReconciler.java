package io.cite.core.engine;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceSettings;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings an environment to where its records say it should be. Builds, decisions, deployments and
 * reports go on independently: where one is held up by a failing system, the others are not.
 */
final class EnvironmentReconciler {
  private final Records records;
  private final BuildReconciler builds;
  private final DeployDecider decider;
  private final DeploymentReconciler deployments;
  private final DeploymentReporter reporter;
  private final AfterSwitch afterSwitch;
  private final HostRecheck recheck;
  private final VanishedBranch vanished;
  private final EnvironmentRemover remover;
  private final GarbageCollector garbage;

  EnvironmentReconciler(
      Records records, Outside outside, EngineSettings settings, long termRevision) {
    this.records = records;
    this.builds = new BuildReconciler(records, outside, settings);
    this.decider = new DeployDecider(records, outside, settings);
    this.reporter = new DeploymentReporter(records, outside, termRevision);
    this.recheck = new HostRecheck(records, outside, reporter);
    this.deployments = new DeploymentReconciler(records, outside, settings, reporter);
    this.afterSwitch = new AfterSwitch(records, outside, settings);
    this.vanished = new VanishedBranch(records, outside);
    this.remover = new EnvironmentRemover(records, outside);
    this.garbage = new GarbageCollector(records, outside, settings);
  }

  /** Works until nothing can be done now; says when to look again without any event. */
  Optional<Instant> reconcile(EnvironmentId id) {
    Optional<Stored<EnvironmentState>> state = records.get(Keys.environmentState(id));
    if (state.isEmpty()) {
      remover.forgetLooks(id);
      return Optional.empty();
    }
    if (state.get().value().deleting()) {
      Optional<Stored<ServiceSettings>> service = records.get(Keys.service(id.service()));
      if (service.isPresent()) {
        remover.remove(state.get(), service.get().value().repository());
      }
      return Optional.empty();
    }
    Round round = new Round(id);
    round.attempt(builds::step);
    round.attempt(decider::step);
    round.attempt(deployments::step);
    round.attempt(reporter::step);
    round.attempt(afterSwitch::step);
    round.attempt(recheck::step);
    round.attempt(vanished::step);
    round.attempt(garbage::step);
    if (round.trouble != null) {
      throw round.trouble;
    }
    return round.view.flatMap(
        view ->
            Stream.of(
                    builds.nextDeadline(view),
                    deployments.nextDeadline(view),
                    afterSwitch.nextDeadline(view),
                    recheck.nextDeadline(view),
                    garbage.nextDeadline(view))
                .flatMap(Optional::stream)
                .min(Instant::compareTo));
  }

  /** One round over an environment; the view is read again after each step that was taken. */
  private final class Round {
    private final EnvironmentId id;
    private Optional<EnvironmentView> view;
    private @Nullable RuntimeException trouble;

    Round(EnvironmentId id) {
      this.id = id;
      this.view = EnvironmentView.read(records, id);
    }

    void attempt(Predicate<EnvironmentView> step) {
      try {
        while (view.isPresent() && step.test(view.get())) {
          view = EnvironmentView.read(records, id);
        }
      } catch (Records.Outdated e) {
        throw e;
      } catch (RuntimeException e) {
        if (trouble == null) {
          trouble = e;
        } else {
          trouble.addSuppressed(e);
        }
        view = EnvironmentView.read(records, id);
      }
    }
  }
}
