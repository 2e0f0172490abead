package io.cite.server.chaos;

import io.cite.server.fixture.CiteProcess;
import io.cite.server.fixture.JsonClient;
import io.cite.server.fixture.ShortLived;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** One of several servers: a process that reaches all else through proxies of its own. */
final class Replica implements AutoCloseable {
  private final String name;
  private final URI url;
  private final String token;
  private final Path configuration;
  private final List<TcpProxy> network;
  private @Nullable CiteProcess process;
  private int starts;
  private boolean paused;

  Replica(String name, URI url, String token, Path configuration, List<TcpProxy> network) {
    this.name = name;
    this.url = url;
    this.token = token;
    this.configuration = configuration;
    this.network = List.copyOf(network);
  }

  URI url() {
    return url;
  }

  /** The ways to the systems around it. */
  List<TcpProxy> network() {
    return network;
  }

  /** Starts a process; it does not answer yet when this returns. */
  void start() {
    process =
        CiteProcess.start(
            name + "-" + ++starts,
            ShortLived.variables(),
            "serve",
            "--config",
            configuration.toString());
  }

  /** Waits until it answers. */
  void awaitReady() {
    running().awaiting(this::isReady);
  }

  boolean isReady() {
    try {
      return !paused && new JsonClient(url, null).get("/readyz").status() == 200;
    } catch (UncheckedIOException e) {
      return false; // it does not listen yet, or not any more
    }
  }

  boolean isRunning() {
    return process != null && !paused;
  }

  boolean isLeading() {
    return metric("cite_engine_leading").orElse(0) > 0;
  }

  /** A figure that it tells of itself; empty if it does not answer. */
  OptionalDouble metric(String wanted) {
    if (!isRunning()) {
      return OptionalDouble.empty();
    }
    try {
      return new JsonClient(url, token)
          .get("/metrics")
          .body()
          .lines()
          .filter(line -> line.startsWith(wanted + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(wanted.length() + 1)))
          .findFirst();
    } catch (UncheckedIOException e) {
      return OptionalDouble.empty();
    }
  }

  /** Ends it without a shutdown. */
  void kill() {
    running().kill();
    process = null;
  }

  /** Asks it to end, and does not wait for that. */
  void askToStop() {
    running().signal("TERM");
  }

  /** Asks it to end, and waits until it has. */
  void stop() {
    running().close();
    process = null;
  }

  void pause() {
    running().signal("STOP");
    paused = true;
  }

  void resume() {
    paused = false;
    running().signal("CONT");
  }

  private CiteProcess running() {
    if (process == null) {
      throw new IllegalStateException(name + " does not run");
    }
    return process;
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
    network.forEach(TcpProxy::close);
  }

  @Override
  public String toString() {
    return name;
  }
}
