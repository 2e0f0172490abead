package io.cite.core.simulation;

import io.cite.core.TestLinks;
import io.cite.core.UseCases;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.image.ImagePolicy;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.domain.service.Probe;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.Variables;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Ports;
import io.cite.core.engine.SteppedEngine;
import io.cite.core.engine.store.Stores;
import io.cite.core.memory.InMemoryAuditTrail;
import io.cite.core.memory.InMemoryBuilder;
import io.cite.core.memory.InMemoryCluster;
import io.cite.core.memory.InMemoryImageRegistry;
import io.cite.core.memory.InMemoryLogIndex;
import io.cite.core.memory.InMemoryMetadataStore;
import io.cite.core.memory.InMemorySecretSealer;
import io.cite.core.memory.InMemorySourceHost;
import io.cite.core.memory.ManualClock;
import io.cite.core.port.AuditTrail;
import io.cite.core.port.Builder;
import io.cite.core.port.ImageRegistry;
import io.cite.core.port.Leadership.Term;
import io.cite.core.port.LogIndex;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Condition;
import io.cite.core.port.MetadataStore.Transaction;
import io.cite.core.port.Notifications;
import io.cite.core.port.cluster.Cluster;
import io.cite.core.port.source.SourceHost;
import io.cite.core.usecase.SeenRevisions;
import io.cite.core.usecase.build.AcceptDelivery;
import io.cite.core.usecase.create.CreateService;
import io.cite.core.usecase.operate.DeleteService;
import io.cite.core.usecase.operate.ReadCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * CITE with everything around it, in memory, on one thread. The builder builds on demand; a process
 * that crashed is followed by another one.
 */
final class World {
  static final RepositoryName REPOSITORY = RepositoryName.parse("acme/hello");
  static final BranchName MAIN = BranchName.parse("main");
  static final ServiceId SERVICE = ServiceId.of("acme", "hello");
  static final EnvironmentId ENVIRONMENT = new EnvironmentId(SERVICE, MAIN);
  static final Caller CALLER = new Caller("tester", null);
  static final String CONTEXT = BuildWorker.CONTEXT;

  final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  final Faults faults = new Faults(clock);
  final InMemoryMetadataStore store = new InMemoryMetadataStore();
  final InMemorySourceHost source = new InMemorySourceHost(clock);
  final InMemoryCluster cluster = new InMemoryCluster();
  final InMemoryBuilder builder = new InMemoryBuilder();
  final InMemoryImageRegistry registry = new InMemoryImageRegistry();
  final InMemoryAuditTrail audit = new InMemoryAuditTrail();
  final List<Notifications.Notice> notices = new ArrayList<>();
  final List<RuntimeException> failures = new ArrayList<>();
  final BuildWorker worker = new BuildWorker(source, builder, registry);
  final EngineSettings settings =
      EngineSettings.at(TestLinks.at("http://cite.invalid"))
          .with(new ImagePolicy("registry.invalid"));
  final Ports ports;
  final UseCases useCases;
  private final Stores stores;
  private final ReadCatalogue catalogue;
  private final AcceptDelivery acceptDelivery;
  final List<AcceptDelivery.Command> lost = new ArrayList<>();
  private final Deque<AcceptDelivery.Command> mail = new ArrayDeque<>();
  private boolean unreachable;
  private SteppedEngine engine;
  int crashes;

  World() {
    this(Lenses.usual());
  }

  /** A world whose cluster is seen through something, such as a defect. */
  World(UnaryOperator<Cluster> lens) {
    this(Lenses.usual().withCluster(lens));
  }

  World(Lenses seen) {
    ports =
        new Ports(
            faults.around(SourceHost.class, source),
            seen.builder().apply(faults.around(Builder.class, builder)),
            faults.around(Cluster.class, seen.cluster().apply(cluster)),
            seen.store().apply(faults.around(MetadataStore.class, store)),
            faults.around(LogIndex.class, new InMemoryLogIndex()),
            faults.around(ImageRegistry.class, registry),
            faults.around(
                Notifications.class, (target, notice) -> seen.targets().accept(notice, this)),
            faults.around(AuditTrail.class, audit),
            new InMemorySecretSealer(),
            clock);
    stores = new Stores(ports.store());
    useCases = UseCases.of(ports, stores, settings);
    acceptDelivery = useCases.acceptDelivery();
    catalogue = new ReadCatalogue(new Stores(store), builder, clock);
    source.create(REPOSITORY, MAIN);
    source.push(REPOSITORY, MAIN, "first", Map.of("Dockerfile", "FROM scratch\nEXPOSE 8080\n"));
    source.deliverTo((url, id, event, content) -> deliver(url, id, content));
    engine = newProcess();
  }

  private SteppedEngine newProcess() {
    Change campaign = new Change.Put("/cite/.leader", Map.of("leader", "simulated"));
    store.commit(new Transaction(List.of(), List.of(new Change.Delete("/cite/.leader"))));
    MetadataStore.Commit elected = store.commit(new Transaction(List.of(), List.of(campaign)));
    long revision = ((MetadataStore.Commit.Committed) elected).revision();
    Term term = new Term("simulated", new Condition.CreatedAt("/cite/.leader", revision));
    return new SteppedEngine(
        ports, stores, settings, term, clock::advanceTo, (work, failure) -> failures.add(failure));
  }

  private void deliver(String url, DeliveryId id, SourceEvent event) {
    if (url.equals(settings.links().hook())) {
      if (unreachable) {
        throw new IllegalStateException("CITE does not answer");
      }
      mail.add(new AcceptDelivery.Command(id, "event", id.value(), event));
    } else if (event instanceof SourceEvent.Pushed pushed && pushed.after() != null) {
      worker.ask(pushed.repository(), pushed.after());
    }
  }

  /** Stops the process, as a crash does, and starts another one. */
  void restart() {
    engine.close();
    engine = newProcess();
  }

  /** Stops the process; nothing happens until another one is started. */
  void closeEngine() {
    engine.close();
  }

  /** Another process takes over while this one is paused: nothing tells this one. */
  void takeOver() {
    engine = newProcess();
  }

  /** Does all that can be done now; crashed processes are replaced. */
  void settle() {
    boolean quiet = false;
    while (!quiet) {
      try {
        deliverMail();
        engine.settle();
        quiet = mail.isEmpty();
      } catch (Faults.Crash crash) {
        crashes++;
        restart();
      } catch (io.cite.core.error.Upstream e) {
        // the host delivers again later; here at once
        failures.add(e);
      }
    }
  }

  private void deliverMail() {
    for (AcceptDelivery.Command next = mail.poll(); next != null; next = mail.poll()) {
      try {
        acceptDelivery.execute(next);
      } catch (Faults.Crash | RuntimeException e) {
        mail.addFirst(next);
        throw e;
      }
    }
  }

  /** Lets time pass, with all that happens meanwhile. */
  void pass(Duration time) {
    Instant end = clock.instant().plus(time);
    while (clock.instant().isBefore(end)) {
      settle();
      try {
        engine.settleFor(Duration.between(clock.instant(), end));
      } catch (Faults.Crash crash) {
        crashes++;
        restart();
      }
    }
    settle();
  }

  /** Looks for what no event reported. */
  void sweep() {
    try {
      engine.sweep();
    } catch (Faults.Crash crash) {
      crashes++;
      restart();
    }
    settle();
  }

  /** The next delivery is never made. */
  void loseMail() {
    lost.addAll(mail);
    mail.clear();
  }

  /** Whether the host cannot deliver to CITE; it keeps what failed and can deliver it again. */
  void unreachable(boolean yes) {
    unreachable = yes;
  }

  /** The waiting deliveries, to be put in another order or doubled. */
  Deque<AcceptDelivery.Command> mail() {
    return mail;
  }

  /** Stores a delivery that is made now. */
  void accept(AcceptDelivery.Command delivery) {
    acceptDelivery.execute(delivery);
  }

  /** Orders the usual service and lets it be made; nothing is built before somebody pushes. */
  ServiceRecord create() {
    ServiceRecord record = useCases.createService().execute(command(REPOSITORY, false));
    settle();
    if (has("/cite/acme/hello/main")) {
      AutoDeploySwitch.on(this);
    }
    return record;
  }

  /** Orders the usual service as a person does who tries again after an error. */
  void order() {
    order(
        () -> store.get("/cite/.services/acme/hello").isPresent(),
        () -> useCases.createService().execute(command()));
  }

  /**
   * Gives an order as a careful person does: after an error they check the state before they repeat
   * it.
   */
  void order(BooleanSupplier gotThrough, Runnable order) {
    for (int attempt = 0; attempt < 5 && !gotThrough.getAsBoolean(); attempt++) {
      try {
        order.run();
        return;
      } catch (Faults.Crash crash) {
        crashes++;
        restart();
      } catch (io.cite.core.error.Upstream e) {
        failures.add(e);
      }
    }
  }

  /** Orders the service again after its creation failed. */
  void retryCreate() {
    try {
      useCases.createService().execute(command());
    } catch (io.cite.core.error.Conflict e) {
      // it was created after all
    }
    settle();
  }

  /** Orders that the service is deleted, and lets it go. */
  void delete() {
    useCases
        .deleteService()
        .execute(new DeleteService.Command(CALLER, SERVICE, SeenRevisions.any()));
    settle();
  }

  /** Whether the store has a key that begins so. */
  boolean has(String prefix) {
    return !store.list(prefix).isEmpty();
  }

  /** Whether the service is being deleted, or is gone. */
  boolean isGoing() {
    return store
        .get("/cite/.services/acme/hello")
        .map(entry -> "DELETING".equals(entry.document().get("state")))
        .orElse(true);
  }

  /** The leader lists what is not settled, as it does from time to time. */
  void resync() {
    engine.resync();
  }

  static CreateService.Command command() {
    return command(REPOSITORY, true);
  }

  static CreateService.Command command(RepositoryName repository, boolean autoDeploy) {
    return new CreateService.Command(
        CALLER,
        repository,
        null,
        null,
        null,
        Probe.http("/"),
        new Replicas(2),
        autoDeploy,
        false,
        Variables.none(),
        Map.of(),
        List.of(
            new NotificationTarget(
                NotificationTarget.Type.WEBHOOK, "https://notices.invalid/hook")));
  }

  /** Pushes a commit; nothing else happens until the world settles. */
  CommitId push(String message) {
    return source.push(REPOSITORY, MAIN, message, Map.of("file", message));
  }

  /**
   * The builder carries out all that it was asked for: with success, or without. One build follows
   * another, as with Buildbot, and CITE hears each report before the next.
   */
  void build(boolean success) {
    worker.build(success, this::settle);
  }

  void status(CommitId commit, CommitStatus.State state, String description) {
    worker.status(commit, state, description);
  }

  static ImageReference image(CommitId commit) {
    return BuildWorker.image(commit);
  }

  /** Pushes, builds and lets everything settle. */
  CommitId pushAndBuild(String message) {
    CommitId commit = push(message);
    settle();
    build(true);
    settle();
    return commit;
  }

  ReadCatalogue catalogue() {
    return catalogue;
  }

  ReadCatalogue.EnvironmentOverview environment() {
    return catalogue().environment(ENVIRONMENT);
  }

  @Nullable Deployment live() {
    return environment().live();
  }

  List<Deployment> deployments() {
    return catalogue().deployments(ENVIRONMENT);
  }

  List<Build> builds() {
    return catalogue().builds(ENVIRONMENT);
  }

  /** Titles of the notices, each once. */
  Set<String> notices() {
    Set<String> titles = new java.util.LinkedHashSet<>();
    notices.forEach(notice -> titles.add(notice.title()));
    return titles;
  }
}
