package io.cite.core.engine;

import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.builds.BuildReconciler;
import io.cite.core.engine.builds.BuildResults;
import io.cite.core.engine.builds.BuildSettings;
import io.cite.core.engine.builds.FirstBuild;
import io.cite.core.engine.environment.DeletedBranchCheck;
import io.cite.core.engine.environment.EnvironmentReconciler;
import io.cite.core.engine.environment.EnvironmentRemover;
import io.cite.core.engine.environment.EnvironmentSetupStep;
import io.cite.core.engine.environment.HistoryRetention;
import io.cite.core.engine.environment.SourceHostResync;
import io.cite.core.engine.inbox.Inbox;
import io.cite.core.engine.outbox.Notices;
import io.cite.core.engine.outbox.OutboxSender;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.repository.RepositoryIdentity;
import io.cite.core.engine.rollout.AutoDeployer;
import io.cite.core.engine.rollout.ClusterRepair;
import io.cite.core.engine.rollout.DeploymentReconciler;
import io.cite.core.engine.rollout.DeploymentReporter;
import io.cite.core.engine.rollout.EnvironmentObserver;
import io.cite.core.engine.rollout.GarbageCollector;
import io.cite.core.engine.rollout.RetiredPods;
import io.cite.core.engine.rollout.RolloutSettings;
import io.cite.core.engine.service.ClusterSteps;
import io.cite.core.engine.service.CreateSettings;
import io.cite.core.engine.service.CreateSteps;
import io.cite.core.engine.service.RepositorySteps;
import io.cite.core.engine.service.ServiceReconciler;
import io.cite.core.engine.store.FormerTargets;
import io.cite.core.engine.store.NotificationUrls;
import io.cite.core.engine.store.Stores;
import io.cite.core.engine.sweep.Sweep;
import io.cite.core.engine.sweep.SweepSettings;
import io.cite.core.port.Leadership.Term;
import io.cite.core.port.cluster.Cluster;
import io.cite.core.port.source.SourceHost;
import java.util.List;
import java.util.Map;
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

  Inbox inbox(Consumer<DeliveryId> alone, Consumer<RepositoryName> moved) {
    return new Inbox(records, ports.clock(), settings.statusContext(), alone, moved);
  }

  RepositoryIdentity identity() {
    return new RepositoryIdentity(
        records, ports.source().repositories(), ports.sealer(), ports.clock());
  }

  ServiceReconciler services() {
    CreateSettings create =
        new CreateSettings(
            settings.links().hook(),
            EngineSettings.EVENTS,
            settings.collaborator(),
            settings.adoptNamespaces(),
            settings.createTimeout(),
            settings.buildTimeout());
    Cluster cluster = ports.cluster();
    SourceHost source = ports.source();
    CreateSteps steps =
        new CreateSteps(
            records,
            source.repositories(),
            new RepositorySteps(
                records,
                source.hooks(),
                source.collaborators(),
                ports.builder(),
                ports.sealer(),
                create),
            new ClusterSteps(
                cluster.namespaces(),
                cluster.traffic(),
                cluster.secrets(),
                cluster.objects(),
                ports.sealer(),
                create),
            ports.logIndex(),
            ports.clock(),
            create,
            firstBuild());
    return new ServiceReconciler(records, ports.clock(), steps, create);
  }

  EnvironmentReconciler environments() {
    RolloutSettings rollout = settings.rollout();
    Cluster cluster = ports.cluster();
    SourceHost source = ports.source();
    Notices notices = new Notices(settings.links().environment());
    DeploymentReporter reporter =
        new DeploymentReporter(
            records,
            source.reports(),
            cluster.traffic(),
            ports.clock(),
            term.fence().createRevision());
    return new EnvironmentReconciler(
        records,
        new EnvironmentRemover(records, source.reports(), cluster.objects()),
        List.of(
            new EnvironmentSetupStep(
                records, cluster.traffic(), cluster.secrets(), ports.sealer(), firstBuild()),
            builds(notices),
            new ClusterRepair(records, cluster, ports.clock()),
            new AutoDeployer(records, source.repositories(), ports.clock(), rollout),
            new DeploymentReconciler(
                records,
                cluster.rollouts(),
                cluster.traffic(),
                ports.clock(),
                rollout,
                reporter,
                notices),
            new RetiredPods(records, cluster.rollouts(), ports.clock(), rollout),
            new EnvironmentObserver(records, cluster.rollouts(), cluster.traffic(), ports.clock()),
            reporter,
            new SourceHostResync(records, source.reports(), ports.clock(), reporter),
            new DeletedBranchCheck(records, source.repositories(), ports.clock()),
            new GarbageCollector(
                records, cluster.rollouts(), cluster.traffic(), ports.clock(), rollout),
            new HistoryRetention(records, ports.clock(), settings.keepHistory())),
        ports.clock());
  }

  private FirstBuild firstBuild() {
    return new FirstBuild(
        ports.source().reports(), ports.clock(), settings.statusContext(), settings.buildTimeout());
  }

  private BuildReconciler builds(Notices notices) {
    return new BuildReconciler(
        records,
        ports.source().reports(),
        ports.source().repositories(),
        ports.builder(),
        ports.clock(),
        new BuildResults(
            ports.builder(), ports.registry(), settings.images(), ports.source().repositories()),
        notices,
        settings.links(),
        new BuildSettings(
            settings.statusContext(), settings.buildTimeout(), settings.links().environment()));
  }

  OutboxSender outbox(BiConsumer<String, RuntimeException> failures, Consumer<String> wake) {
    return new OutboxSender(
        records,
        ports.source().reports(),
        ports.notifications(),
        new NotificationUrls(ports.sealer())::open,
        ports.audit(),
        ports.clock(),
        dropped,
        failures,
        wake);
  }

  /** What earlier versions stored without sealing it. */
  FormerTargets formerTargets() {
    return new FormerTargets(records, new NotificationUrls(ports.sealer()));
  }

  Sweep sweep() {
    SweepSettings sweeps =
        new SweepSettings(
            settings.sweepInterval(),
            settings.sweepRequests(),
            settings.keepDeliveries(),
            settings.buildTimeout(),
            () ->
                Map.of(
                    ports.builder().hook().url(),
                    "the builder",
                    settings.links().hook(),
                    SweepSettings.CITE));
    return new Sweep(
        records,
        ports.source().backgroundRepositories(),
        identity(),
        ports.source().backgroundHooks(),
        ports.clock(),
        sweeps,
        dropped);
  }
}
