package io.cite.server.bootstrap;

import io.cite.core.engine.Engine;
import io.cite.server.config.Configuration;
import io.cite.server.http.HttpServer;
import io.cite.server.http.Meters;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server: engine and HTTP interface, with the adapters that the configuration names. */
public final class CiteServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CiteServer.class);

  private final CiteComponent component;
  private final HttpServer http;

  private CiteServer(CiteComponent component) {
    this.component = component;
    this.http = component.server();
  }

  /**
   * Starts a server; it answers when this returns.
   *
   * @throws io.cite.core.error.CiteException if the store or the audit trail cannot be opened
   */
  public static CiteServer start(Configuration configuration) {
    CiteComponent component = DaggerCiteComponent.factory().create(configuration, AuditUse.OWN);
    try {
      tellWhatIsMissing(configuration);
      CiteServer server = new CiteServer(component);
      // made last, so closed first: another server goes on while this one still answers
      Engine engine = component.engine();
      server.measure(engine, component.meters());
      engine.start();
      server.http.start();
      LOG.info(
          "CITE answers on port {} as {}", server.http.port(), configuration.http().publicUrl());
      LOG.info("Head of the audit trail: {}", component.auditTrail().head());
      return server;
    } catch (RuntimeException e) {
      component.resources().close();
      throw e;
    }
  }

  private static void tellWhatIsMissing(Configuration configuration) {
    List<String> missing = new ArrayList<>();
    if (configuration.logIndex().elasticsearch() == null) {
      missing.add("Elasticsearch (logs are read from the cluster)");
    } else if (configuration.logIndex().kibana() == null) {
      missing.add("Kibana (data views are written to its index)");
    }
    if (configuration.registry().url() == null) {
      missing.add("image registry (images are not pinned by digest)");
    }
    if (configuration.api().tokens().isEmpty()) {
      missing.add("API tokens (no request to the API is allowed)");
    }
    missing.forEach(what -> LOG.info("Not configured: {}", what));
  }

  private void measure(Engine engine, Meters meters) {
    meters.gauge("cite.engine.backlog", "Work items that are due or in progress", engine::backlog);
    meters.gauge(
        "cite.engine.dropped",
        "Outbox messages that were dropped because their target refused them",
        engine::dropped);
    meters.gauge(
        "cite.engine.leading",
        "1 if this replica is the leader, else 0",
        () -> engine.isLeading() ? 1 : 0);
    OutcomeCounter outcomes = new OutcomeCounter(meters);
    // what the store cannot tell when it is asked is not counted
    component.resources().add(component.changes().subscribe(outcomes::count, () -> {}));
    EndedBuilds builds = new EndedBuilds(engine::isLeading);
    component.resources().add(component.changes().subscribe(builds::log, () -> {}));
  }

  /** The port that it listens on. */
  int port() {
    return http.port();
  }

  /** Stops in the reverse order of starting; what is being done comes to its end. */
  @Override
  public void close() {
    component.resources().close();
  }
}
