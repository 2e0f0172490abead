package io.cite.server.web;

import io.cite.core.domain.service.ServiceId;
import io.cite.core.engine.StateChanges;
import io.cite.core.error.CiteException;
import io.cite.core.port.Subscription;
import io.cite.server.http.EventStream;
import io.cite.server.http.EventStreams;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams of a page's content. Each message is the whole content, so a browser that was away misses
 * nothing. Changes that come together are shown together. A stream ends after some minutes; the
 * browser opens it again, and whoever was signed out by then is refused. Thread-safe.
 */
final class LiveFragments implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveFragments.class);
  private static final String EVENT = "content";
  private static final int RENDERERS = 2;
  private static final long TOGETHER_MILLIS = 150;
  private static final long REPEAT_MILLIS = 10_000;
  private static final int REPEATS = 30;

  private final StateChanges changes;
  private final EventStreams streams;
  private final ScheduledExecutorService renderers =
      Executors.newScheduledThreadPool(
          RENDERERS,
          task -> {
            Thread thread = new Thread(task, "cite-pages");
            thread.setDaemon(true);
            return thread;
          });

  LiveFragments(StateChanges changes, EventStreams streams) {
    this.changes = changes;
    this.streams = streams;
  }

  /**
   * Answers with a stream.
   *
   * @param about whose changes are of interest; null for all
   * @param content makes the content; may be called from any thread
   */
  void follow(Context ctx, @Nullable ServiceId about, Supplier<String> content) throws IOException {
    EventStream stream = streams.prepare();
    Sending sending = new Sending(stream, content);
    Subscription subscription =
        changes.subscribe(
            change -> {
              if (about == null || about.equals(change.service())) {
                sending.soon();
              }
            },
            sending::soon);
    Future<?> repeated =
        renderers.scheduleWithFixedDelay(
            sending::repeat, REPEAT_MILLIS, REPEAT_MILLIS, TimeUnit.MILLISECONDS);
    var unused =
        stream
            .ended()
            .whenComplete(
                (nothing, failure) -> {
                  repeated.cancel(false);
                  subscription.close();
                });
    try {
      stream.send(null, EVENT, content.get());
      streams.begin(stream, ctx);
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  @Override
  public void close() {
    renderers.shutdownNow();
  }

  /** The content of one page, which goes out again when something changed. */
  private final class Sending {
    private final EventStream stream;
    private final Supplier<String> content;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final AtomicInteger repeats = new AtomicInteger();

    Sending(EventStream stream, Supplier<String> content) {
      this.stream = stream;
      this.content = content;
    }

    void soon() {
      if (waiting.compareAndSet(false, true)) {
        try {
          var unused = renderers.schedule(this::send, TOGETHER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
          stream.close();
        }
      }
    }

    void repeat() {
      if (repeats.incrementAndGet() > REPEATS) {
        stream.close();
      } else {
        send();
      }
    }

    private void send() {
      waiting.set(false);
      try {
        stream.send(null, EVENT, content.get());
      } catch (CiteException e) {
        // gone or not to be seen any more: the browser asks again and gets the reason
        stream.close();
      } catch (RuntimeException e) {
        LOG.error("CITE could not show a page again.", e);
        stream.close();
      }
    }
  }
}
