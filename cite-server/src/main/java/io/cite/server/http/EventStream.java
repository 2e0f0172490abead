package io.cite.server.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One answer of type {@code text/event-stream}. What is sent waits in a bounded queue until the
 * answer begins and is written by a thread of the given executor, one at a time; a reader that does
 * not keep up is cut off and comes back with {@code Last-Event-ID}. Thread-safe.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent
 *     events</a>
 */
public final class EventStream implements AutoCloseable {
  private static final int MAX_WAITING = 10_000;

  private final Executor writers;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Deque<String> waiting = new ArrayDeque<>();
  private @Nullable OutputStream out;
  private boolean writing;

  /** A stream that nobody reads yet. */
  EventStream(Executor writers) {
    this.writers = writers;
  }

  /** Turns the answer into this stream; the answer to HEAD ends with its headers. */
  void begin(Context ctx) throws IOException {
    ctx.res().setStatus(200);
    ctx.res().setContentType("text/event-stream");
    ctx.res().setCharacterEncoding(StandardCharsets.UTF_8.name());
    ctx.res().setHeader("X-Accel-Buffering", "no");
    OutputStream body = ctx.res().getOutputStream();
    ctx.future(() -> ended);
    if (ctx.method().equals(HandlerType.HEAD)) {
      close();
      return;
    }
    synchronized (waiting) {
      out = body;
    }
    heartbeat();
  }

  /** Sends an event. */
  public void send(@Nullable String id, @Nullable String event, String data) {
    StringBuilder text = new StringBuilder();
    if (id != null) {
      text.append("id: ").append(id).append('\n');
    }
    if (event != null) {
      text.append("event: ").append(event).append('\n');
    }
    data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
    if (data.isEmpty()) {
      text.append("data: \n");
    }
    enqueue(text.append('\n').toString());
  }

  /** Sends what readers pass over, so that both sides notice a broken connection. */
  void heartbeat() {
    enqueue(": heartbeat\n\n");
  }

  /** Completes when the reader has gone or the stream was closed. */
  public CompletableFuture<Void> ended() {
    return ended;
  }

  private void enqueue(String text) {
    OutputStream body;
    synchronized (waiting) {
      if (ended.isDone()) {
        return;
      }
      if (waiting.size() >= MAX_WAITING) {
        close();
        return;
      }
      waiting.add(text);
      body = out;
      if (writing || body == null) {
        return;
      }
      writing = true;
    }
    try {
      writers.execute(() -> write(body));
    } catch (RejectedExecutionException e) {
      close();
    }
  }

  private void write(OutputStream body) {
    try {
      while (true) {
        String text;
        synchronized (waiting) {
          text = waiting.poll();
          if (text == null || ended.isDone()) {
            writing = false;
            return;
          }
        }
        body.write(text.getBytes(StandardCharsets.UTF_8));
        body.flush();
      }
    } catch (IOException e) {
      // the reader has gone; nobody is left to read the answer
      close();
    }
  }

  @Override
  public void close() {
    ended.complete(null);
  }
}
