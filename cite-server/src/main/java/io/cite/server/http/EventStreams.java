package io.cite.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** All open event streams: their writers, their heartbeats and how many there may be. */
public final class EventStreams implements AutoCloseable {
  private static final int MAX_OPEN = 500;
  private static final int WRITERS = 16;
  private static final long HEARTBEAT_SECONDS = 10;

  private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger number = new AtomicInteger();
  private final ExecutorService writers =
      Executors.newFixedThreadPool(
          WRITERS, task -> daemon(task, "cite-stream-" + number.incrementAndGet()));
  private final ScheduledExecutorService heartbeats =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "cite-stream-heartbeats"));

  /** No streams yet. */
  public EventStreams() {
    var unused =
        heartbeats.scheduleAtFixedRate(
            () -> open.forEach(EventStream::heartbeat),
            HEARTBEAT_SECONDS,
            HEARTBEAT_SECONDS,
            TimeUnit.SECONDS);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** A stream that keeps what is sent until it begins. */
  public EventStream prepare() {
    return new EventStream(writers);
  }

  /** Begins a stream as the answer to a request. */
  public void begin(EventStream stream, Context ctx) throws IOException {
    if (open.size() >= MAX_OPEN) {
      throw HttpProblem.tooMany(HEARTBEAT_SECONDS);
    }
    open.add(stream);
    var unused = stream.ended().whenComplete((nothing, failure) -> open.remove(stream));
    stream.begin(ctx);
  }

  int count() {
    return open.size();
  }

  @Override
  public void close() {
    heartbeats.shutdownNow();
    open.forEach(EventStream::close);
    writers.shutdownNow();
  }
}
