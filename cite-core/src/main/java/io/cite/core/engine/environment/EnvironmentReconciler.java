package io.cite.core.engine.environment;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Ports;
import io.cite.core.engine.builds.BuildReconciler;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.StaleRead;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.rollout.AutoDeployer;
import io.cite.core.engine.rollout.DeploymentReconciler;
import io.cite.core.engine.rollout.DeploymentReporter;
import io.cite.core.engine.rollout.GarbageCollector;
import io.cite.core.engine.rollout.PostSwitchCheck;
import io.cite.core.engine.store.EnvironmentView;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings an environment to where its records say it should be. Builds, decisions, deployments and
 * reports go on independently: where one is held up by a failing system, the others are not.
 */
public final class EnvironmentReconciler {
  private final Records records;
  private final BuildReconciler builds;
  private final AutoDeployer autoDeployer;
  private final DeploymentReconciler deployments;
  private final DeploymentReporter reporter;
  private final PostSwitchCheck postSwitch;
  private final SourceHostResync resync;
  private final DeletedBranchCheck deletedBranch;
  private final EnvironmentRemover remover;
  private final GarbageCollector garbage;

  public EnvironmentReconciler(
      Records records, Ports ports, EngineSettings settings, long termRevision) {
    this.records = records;
    this.builds = new BuildReconciler(records, ports, settings);
    this.autoDeployer = new AutoDeployer(records, ports, settings);
    this.reporter = new DeploymentReporter(records, ports, termRevision);
    this.resync = new SourceHostResync(records, ports, reporter);
    this.deployments = new DeploymentReconciler(records, ports, settings, reporter);
    this.postSwitch = new PostSwitchCheck(records, ports, settings);
    this.deletedBranch = new DeletedBranchCheck(records, ports);
    this.remover = new EnvironmentRemover(records, ports);
    this.garbage = new GarbageCollector(records, ports, settings);
  }

  /** Works until nothing can be done now; says when to look again without any event. */
  public Optional<Instant> reconcile(EnvironmentId id) {
    Optional<Versioned<EnvironmentState>> state = records.get(Keys.environmentState(id));
    if (state.isEmpty()) {
      remover.forgetChecks(id);
      return Optional.empty();
    }
    if (state.get().value().deleting()) {
      Optional<Versioned<ServiceSettings>> service = records.get(Keys.service(id.service()));
      if (service.isPresent()) {
        remover.remove(state.get(), service.get().value().repository());
      }
      return Optional.empty();
    }
    Round round = new Round(id);
    round.attempt(builds::step);
    round.attempt(autoDeployer::step);
    round.attempt(deployments::step);
    round.attempt(reporter::step);
    round.attempt(postSwitch::step);
    round.attempt(resync::step);
    round.attempt(deletedBranch::step);
    round.attempt(garbage::step);
    if (round.trouble != null) {
      throw round.trouble;
    }
    return round.view.flatMap(
        view ->
            Stream.of(
                    builds.nextDeadline(view),
                    deployments.nextDeadline(view),
                    postSwitch.nextDeadline(view),
                    resync.nextDeadline(view),
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
      } catch (StaleRead e) {
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
