package io.cite.core;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.engine.EngineSettings;
import io.cite.core.memory.InMemoryAuditTrail;
import io.cite.core.memory.InMemoryBuilder;
import io.cite.core.memory.InMemoryCluster;
import io.cite.core.memory.InMemoryImageRegistry;
import io.cite.core.memory.InMemoryLeadership;
import io.cite.core.memory.InMemoryLogIndex;
import io.cite.core.memory.InMemoryMetadataStore;
import io.cite.core.memory.InMemoryNotifications;
import io.cite.core.memory.InMemorySecretSealer;
import io.cite.core.memory.InMemorySourceHost;
import io.cite.core.port.BuilderRun;
import io.cite.core.port.InstantSource;
import io.cite.core.port.Links;
import io.cite.core.usecase.build.AcceptDelivery;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * CITE with everything around it in memory: for trying it out, and for tests of what embeds it.
 * Each pushed commit is built at once and successfully, and its pods are ready at once. Nothing is
 * kept when it is closed. Thread-safe.
 */
public final class InMemoryCite implements AutoCloseable {
  private static final Links LINKS =
      new Links(
          "http://cite.invalid",
          "http://cite.invalid/hook",
          environment -> "http://cite.invalid/" + environment);

  private final EngineSettings settings = EngineSettings.at(LINKS);
  private final InstantSource clock = Clock.systemUTC()::instant;
  private final InMemorySourceHost sourceHost = new InMemorySourceHost(clock);
  private final InMemoryBuilder builder = new InMemoryBuilder();
  private final AtomicLong builds = new AtomicLong();
  private final InMemoryCluster cluster = new InMemoryCluster();
  private final InMemoryImageRegistry imageRegistry = new InMemoryImageRegistry();
  private final InMemoryNotifications notifications = new InMemoryNotifications();
  private final InMemoryAuditTrail auditTrail = new InMemoryAuditTrail();
  private final Cite cite;

  InMemoryCite() {
    InMemoryMetadataStore store = new InMemoryMetadataStore();
    cluster.readyAtOnce(true);
    cite =
        Cite.builder()
            .sourceHost(sourceHost)
            .builder(builder)
            .cluster(cluster)
            .metadataStore(store)
            .leadership(new InMemoryLeadership(store, "embedded"))
            .logIndex(new InMemoryLogIndex())
            .imageRegistry(imageRegistry)
            .notifications(notifications)
            .auditTrail(auditTrail)
            .secretSealer(new InMemorySecretSealer())
            .settings(settings)
            .clock(clock)
            .start();
    sourceHost.deliverTo(this::deliver);
    builder.onRequest(request -> build(request.repository(), request.commit().id()));
  }

  private void deliver(String url, DeliveryId id, String event, SourceEvent content) {
    if (url.equals(settings.links().hook())) {
      cite.useCases()
          .acceptDelivery()
          .execute(new AcceptDelivery.Command(id, event, id.value(), content));
    } else if (content instanceof SourceEvent.Pushed pushed && pushed.after() != null) {
      build(pushed.repository(), pushed.after());
    }
  }

  /** Builds a commit and reports it, as Buildbot does. */
  private void build(RepositoryName repository, CommitId commit) {
    String name = repository.toString().toLowerCase(Locale.ROOT);
    ImageReference image = ImageReference.parse("registry.invalid/" + name + ":" + commit);
    report(repository, commit, CommitStatus.State.PENDING, "Build started.");
    imageRegistry.push(image);
    builder.putRun(
        repository,
        new BuilderRun(
            builds.incrementAndGet(), null, commit, BuilderRun.State.SUCCEEDED, image, null));
    report(repository, commit, CommitStatus.State.SUCCESS, "imageName:" + image);
  }

  private void report(
      RepositoryName repository, CommitId commit, CommitStatus.State state, String description) {
    sourceHost
        .reports()
        .reportStatus(repository, commit, state, settings.statusContext(), description, null);
  }

  /** Where repositories are made, and commits pushed. */
  public InMemorySourceHost sourceHost() {
    return sourceHost;
  }

  /** Where services run. */
  public InMemoryCluster cluster() {
    return cluster;
  }

  /** The notices that were sent. */
  public InMemoryNotifications notifications() {
    return notifications;
  }

  /** Who did what. */
  public InMemoryAuditTrail auditTrail() {
    return auditTrail;
  }

  /** What can be asked of CITE. */
  public UseCases useCases() {
    return cite.useCases();
  }

  /** As {@link Cite#deployment} tells. */
  public CompletableFuture<Deployment> deployment(EnvironmentId environment, CommitId commit) {
    return cite.deployment(environment, commit);
  }

  @Override
  public void close() {
    cite.close();
  }
}
