package io.cite.core.engine;

import io.cite.core.engine.builds.BuildReconciler;
import io.cite.core.engine.builds.BuildSettings;
import io.cite.core.engine.builds.CommitStatuses;
import io.cite.core.engine.environment.DeletedBranchCheck;
import io.cite.core.engine.environment.EnvironmentReconciler;
import io.cite.core.engine.environment.EnvironmentRemover;
import io.cite.core.engine.environment.EnvironmentSetupStep;
import io.cite.core.engine.environment.SourceHostResync;
import io.cite.core.engine.inbox.Inbox;
import io.cite.core.engine.outbox.Notices;
import io.cite.core.engine.outbox.OutboxSender;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.rollout.AutoDeployer;
import io.cite.core.engine.rollout.DeploymentReconciler;
import io.cite.core.engine.rollout.DeploymentReporter;
import io.cite.core.engine.rollout.GarbageCollector;
import io.cite.core.engine.rollout.RolloutSettings;
import io.cite.core.engine.service.CreateSettings;
import io.cite.core.engine.service.CreateSteps;
import io.cite.core.engine.service.ServiceReconciler;
import io.cite.core.engine.store.Stores;
import io.cite.core.engine.sweep.Sweep;
import io.cite.core.engine.sweep.SweepSettings;
import io.cite.core.port.Leadership.Term;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Assembles what works during one term of leadership. Each part gets the ports and the settings
 * that it uses, and no others.
 */
final class TermParts {
  private final Ports ports;
  private final EngineSettings settings;
  private final Term term;
  private final AtomicLong dropped;
  private final Records records;

  /**
   * The parts of a term.
   *
   * @param dropped counts the messages to other systems that nobody took
   */
  TermParts(Ports ports, Stores stores, EngineSettings settings, Term term, AtomicLong dropped) {
    this.ports = ports;
    this.settings = settings;
    this.term = term;
    this.dropped = dropped;
    this.records = stores.records().fenced(term.fence());
  }

  /** The records; every write of them carries the term's fence. */
  Records records() {
    return records;
  }

  Inbox inbox(Consumer<String> alone) {
    return new Inbox(records, ports.audit(), ports.clock(), settings.statusContext(), alone);
  }

  ServiceReconciler services() {
    CreateSettings create =
        new CreateSettings(
            settings.hookUrl(),
            EngineSettings.EVENTS,
            settings.collaborator(),
            settings.adoptNamespaces(),
            settings.createTimeout(),
            settings.buildTimeout());
    CreateSteps steps =
        new CreateSteps(
            records,
            ports.source(),
            ports.builder(),
            ports.cluster(),
            ports.logIndex(),
            ports.sealer(),
            ports.clock(),
            create);
    return new ServiceReconciler(records, ports.audit(), ports.clock(), steps, create);
  }

  EnvironmentReconciler environments() {
    RolloutSettings rollout = settings.rollout();
    Notices notices = new Notices(settings::environmentUrl);
    DeploymentReporter reporter =
        new DeploymentReporter(
            records, ports.source(), ports.cluster(), ports.clock(), term.fence().createRevision());
    return new EnvironmentReconciler(
        records,
        new EnvironmentRemover(records, ports.source(), ports.cluster()),
        List.of(
            new EnvironmentSetupStep(records, ports.cluster(), ports.sealer()),
            builds(notices),
            new AutoDeployer(records, ports.source(), ports.clock(), rollout),
            new DeploymentReconciler(
                records, ports.cluster(), ports.audit(), ports.clock(), rollout, reporter, notices),
            reporter,
            new SourceHostResync(records, ports.source(), ports.clock(), reporter),
            new DeletedBranchCheck(records, ports.source(), ports.audit(), ports.clock()),
            new GarbageCollector(records, ports.cluster(), ports.clock(), rollout)));
  }

  private BuildReconciler builds(Notices notices) {
    CommitStatuses statuses =
        new CommitStatuses(
            ports.builder(),
            ports.registry(),
            ports.audit(),
            ports.clock(),
            settings.images(),
            settings.publicUrl());
    return new BuildReconciler(
        records,
        ports.source(),
        ports.builder(),
        ports.clock(),
        statuses,
        notices,
        new BuildSettings(
            settings.statusContext(), settings.buildTimeout(), settings::environmentUrl));
  }

  OutboxSender outbox(BiConsumer<String, RuntimeException> failures, Consumer<String> wake) {
    return new OutboxSender(
        records, ports.source(), ports.notifications(), ports.clock(), dropped, failures, wake);
  }

  Sweep sweep() {
    SweepSettings sweeps =
        new SweepSettings(
            settings.sweepInterval(),
            settings.sweepRequests(),
            settings.keepDeliveries(),
            settings.buildTimeout());
    return new Sweep(records, ports.source(), ports.clock(), sweeps, dropped);
  }
}
