package io.cite.core;

import io.cite.core.engine.Engine;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Ports;
import io.cite.core.engine.schedule.Work;
import io.cite.core.engine.store.Stores;
import io.cite.core.error.CiteException;
import io.cite.core.port.AuditTrail;
import io.cite.core.port.Builder;
import io.cite.core.port.ImageRegistry;
import io.cite.core.port.InstantSource;
import io.cite.core.port.Leadership;
import io.cite.core.port.LogIndex;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.Notifications;
import io.cite.core.port.SecretSealer;
import io.cite.core.port.cluster.Cluster;
import io.cite.core.port.source.SourceHost;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts CITE together from one adapter for each port. A log index and an image registry may be left
 * out. To be used by one thread.
 */
public final class CiteBuilder {
  private static final Logger LOG = System.getLogger(Cite.class.getName());
  private static final int WORKERS = 4;

  private @Nullable SourceHost sourceHost;
  private @Nullable Builder builder;
  private @Nullable Cluster cluster;
  private @Nullable MetadataStore metadataStore;
  private @Nullable Leadership leadership;
  private @Nullable LogIndex logIndex;
  private @Nullable ImageRegistry imageRegistry;
  private @Nullable Notifications notifications;
  private @Nullable AuditTrail auditTrail;
  private @Nullable SecretSealer secretSealer;
  private @Nullable EngineSettings settings;
  private InstantSource clock = Clock.systemUTC()::instant;
  private int workers = WORKERS;
  private BiConsumer<Work, RuntimeException> failures = CiteBuilder::log;

  CiteBuilder() {}

  /** Where repositories are. */
  public CiteBuilder sourceHost(SourceHost adapter) {
    sourceHost = adapter;
    return this;
  }

  /** What makes images. */
  public CiteBuilder builder(Builder adapter) {
    builder = adapter;
    return this;
  }

  /** Where services run. */
  public CiteBuilder cluster(Cluster adapter) {
    cluster = adapter;
    return this;
  }

  /** Where records are kept. */
  public CiteBuilder metadataStore(MetadataStore adapter) {
    metadataStore = adapter;
    return this;
  }

  /** Which process leads, in an election over the same store. CITE closes it. */
  public CiteBuilder leadership(Leadership adapter) {
    leadership = adapter;
    return this;
  }

  /** Where logs are searched. Without it, they come from the cluster only. */
  public CiteBuilder logIndex(LogIndex adapter) {
    logIndex = adapter;
    return this;
  }

  /** Where digests of images are read. Without it, images are deployed by their tags. */
  public CiteBuilder imageRegistry(ImageRegistry adapter) {
    imageRegistry = adapter;
    return this;
  }

  /** What sends notices to people. */
  public CiteBuilder notifications(Notifications adapter) {
    notifications = adapter;
    return this;
  }

  /** Where it is written who did what. */
  public CiteBuilder auditTrail(AuditTrail adapter) {
    auditTrail = adapter;
    return this;
  }

  /** What seals secrets for the time that they are stored. */
  public CiteBuilder secretSealer(SecretSealer adapter) {
    secretSealer = adapter;
    return this;
  }

  /** How the engine works; {@link EngineSettings#at} has the usual values. */
  public CiteBuilder settings(EngineSettings values) {
    settings = values;
    return this;
  }

  /** The time of day; the system's, if nothing else is said. */
  public CiteBuilder clock(InstantSource source) {
    clock = source;
    return this;
  }

  /** How many environments are worked on at the same time, each by a thread; 4 by default. */
  public CiteBuilder workers(int number) {
    workers = number;
    return this;
  }

  /** Who is notified of work that failed and is tried again; by default it is logged. */
  public CiteBuilder onFailure(BiConsumer<Work, RuntimeException> notified) {
    failures = notified;
    return this;
  }

  /**
   * Starts CITE: it takes part in the election and works when elected.
   *
   * @throws IllegalStateException naming a part that is missing
   */
  public Cite start() {
    Ports ports =
        new Ports(
            given("sourceHost", sourceHost),
            given("builder", builder),
            given("cluster", cluster),
            given("metadataStore", metadataStore),
            logIndex,
            imageRegistry,
            given("notifications", notifications),
            given("auditTrail", auditTrail),
            given("secretSealer", secretSealer),
            clock);
    EngineSettings how = given("settings", settings);
    Stores stores = new Stores(ports.store());
    Engine engine =
        new Engine(
            ports,
            stores,
            how,
            given("leadership", leadership),
            workers,
            () -> EngineThreads.pool(workers),
            failures);
    Cite cite = new Cite(ports, stores, UseCases.of(ports, stores, how), engine);
    engine.start();
    return cite;
  }

  private static <T> T given(String name, @Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("CITE cannot start: " + name + " is missing.");
    }
    return part;
  }

  /** A failure of another system is one sentence; a defect of CITE comes with its stack trace. */
  private static void log(Work work, RuntimeException failure) {
    if (failure instanceof CiteException) {
      LOG.log(Level.WARNING, "{0}: {1} CITE tries again.", work, failure.getMessage());
    } else {
      LOG.log(Level.ERROR, work + " failed. CITE tries again.", failure);
    }
  }
}
