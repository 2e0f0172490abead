package io.cite.sdk;

import io.cite.sdk.wire.EventView;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A subscription to the server's events. When the stream breaks, or is silent for so long that it
 * must be dead, it is opened again from the last event that was heard ({@code Last-Event-ID}).
 * Holds no thread while nothing comes. Thread-safe.
 */
public final class EventSubscription implements AutoCloseable {
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  private final Transport transport;
  private final @Nullable ServiceRef service;
  private final EventListener listener;
  private final Duration silence;
  private final Consumer<EventSubscription> onClose;
  private final Object turn = new Object();
  private @Nullable Connection current;
  private @Nullable String lastEventId;
  private long firstPause = FIRST_PAUSE_MILLIS;
  private long pause = FIRST_PAUSE_MILLIS;
  private volatile boolean connected;
  private boolean ended;

  EventSubscription(
      Transport transport,
      @Nullable ServiceRef service,
      EventListener listener,
      Duration silence,
      Consumer<EventSubscription> onClose) {
    this.transport = transport;
    this.service = service;
    this.listener = listener;
    this.silence = silence;
    this.onClose = onClose;
  }

  EventSubscription open() {
    synchronized (turn) {
      if (ended) {
        return this;
      }
      Connection connection = new Connection();
      current = connection;
      connection.open();
    }
    return this;
  }

  /** Whether the stream is open at this moment. */
  public boolean connected() {
    return connected;
  }

  /** Ends the stream; the listener hears nothing more than its {@code onEnd}. */
  @Override
  public void close() {
    end(null);
  }

  private void end(@Nullable CiteClientException cause) {
    synchronized (turn) {
      if (ended) {
        return;
      }
      ended = true;
      connected = false;
      if (current != null) {
        current.cut();
      }
      tell(() -> listener.onEnd(cause));
    }
    onClose.accept(this);
  }

  private void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  private static Executor after(long millis) {
    return CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
  }

  /** One connection of the several that a subscription may need. */
  private final class Connection implements EventLines.Sink {
    private final Call call =
        Call.get("events").query("service", service).header("Last-Event-ID", lastEventId);
    private @Nullable CompletableFuture<?> exchange;
    private volatile long heard = System.nanoTime();

    void open() {
      CompletableFuture<HttpResponse<String>> sent = transport.stream(call, this::accept);
      exchange = sent;
      var unused = sent.whenComplete(this::over);
      watch();
    }

    void cut() {
      if (exchange != null) {
        exchange.cancel(true);
      }
    }

    private HttpResponse.BodySubscriber<String> accept(HttpResponse.ResponseInfo info) {
      if (info.statusCode() != 200) {
        return BodySubscribers.ofString(StandardCharsets.UTF_8);
      }
      inTurn(
          () -> {
            connected = true;
            listener.onConnected();
          });
      return BodySubscribers.fromLineSubscriber(
          new EventLines(this), lines -> "", StandardCharsets.UTF_8, null);
    }

    private void over(@Nullable HttpResponse<String> answer, @Nullable Throwable failure) {
      CiteClientException cause;
      if (answer != null && answer.statusCode() != 200) {
        cause = transport.json.failure(call.toString(), answer);
        int status = answer.statusCode();
        if (status == 204 || (status / 100 == 4 && status != 429 && status != 408)) {
          end(cause);
          return;
        }
      } else {
        cause = new CiteUnavailableException(call + " failed: the stream ended", failure);
      }
      inTurn(
          () -> {
            connected = false;
            after(pause).execute(EventSubscription.this::open);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            listener.onDisconnected(cause);
          });
    }

    /** Cuts a connection on which nothing came for too long, not even a comment. */
    private void watch() {
      long left = silence.toNanos() - (System.nanoTime() - heard);
      if (left <= 0) {
        cut();
        return;
      }
      after(TimeUnit.NANOSECONDS.toMillis(left) + 1)
          .execute(
              () -> {
                synchronized (turn) {
                  if (!ended && current == this) {
                    watch();
                  }
                }
              });
    }

    @Override
    public void alive() {
      heard = System.nanoTime();
    }

    @Override
    public void event(@Nullable String id, @Nullable String type, String data) {
      inTurn(
          () -> {
            pause = firstPause;
            lastEventId = id == null || id.isEmpty() ? lastEventId : id;
            EventView event = transport.json.readOrNull(data, EventView.class);
            if (event != null) {
              listener.onEvent(named(event, id, type));
            }
          });
    }

    @Override
    public void retryAfterMillis(long millis) {
      inTurn(
          () -> {
            firstPause = Math.max(1, Math.min(millis, LONGEST_PAUSE_MILLIS));
            pause = firstPause;
          });
    }

    private void inTurn(Runnable action) {
      synchronized (turn) {
        if (!ended && current == this) {
          tell(action);
        }
      }
    }
  }

  /** The frame knows id and type too; they count if the body leaves them out. */
  private static EventView named(EventView event, @Nullable String id, @Nullable String type) {
    return new EventView(
        event.id() == null ? id : event.id(),
        event.type() == null ? type : event.type(),
        event.service(),
        event.environment(),
        event.at(),
        event.state(),
        event.build(),
        event.deployment(),
        event.text());
  }
}
