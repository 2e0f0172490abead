package io.cite.server.http;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Receives the body of a request before a thread works on the request, so that a slow sender holds
 * a connection and some bytes, but no thread. A body has a deadline as a whole, and all bodies that
 * are in memory have one budget.
 */
final class BodyIntake extends Handler.Wrapper {
  private static final String BODY = "cite.body";
  private static final int FIRST_BYTES = 1024;

  /**
   * How much of a body that is too large is read and dropped, so that its sender gets an answer.
   */
  private static final long MAX_DROPPED = 8L * 1024 * 1024;

  private final BodyLimits limits;
  private final BodyBudget budget;
  private final Duration timeout;

  BodyIntake(BodyLimits limits, BodyBudget budget, Duration timeout) {
    this.limits = limits;
    this.budget = budget;
    this.timeout = timeout;
  }

  /** The body of a request; empty if it has none. */
  static byte[] bodyOf(Context ctx) {
    byte[] body = ctx.attribute(BODY);
    return body == null ? new byte[0] : body;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (request.getLength() > WebhookRoute.MAX_BODY) {
      callback.failed(BodyRefusal.tooLarge(WebhookRoute.MAX_BODY));
      return true;
    }
    int max = hasBody(request) ? limits.of(request) : 0;
    if (max == 0) {
      return super.handle(request, response, callback);
    }
    if (request.getLength() > Math.max(max, MAX_DROPPED)) {
      callback.failed(BodyRefusal.tooLarge(max));
    } else {
      new Intake(request, response, callback, max).begin();
    }
    return true;
  }

  private static boolean hasBody(Request request) {
    return request.getLength() > 0
        || (request.getLength() < 0 && request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING));
  }

  private void handleNext(Request request, Response response, Callback callback) {
    try {
      if (!super.handle(request, response, callback)) {
        Response.writeError(request, response, callback, 404);
      }
    } catch (Exception e) {
      Response.writeError(request, response, callback, e);
    }
  }

  /** One body on its way. The lock keeps reading and the deadline apart. */
  private final class Intake {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final int max;
    private final Runnable onContent =
        Invocable.from(Invocable.InvocationType.NON_BLOCKING, () -> receive(false));
    private Scheduler.@Nullable Task deadline;
    private byte[] bytes = new byte[0];
    private int length;
    private long dropped;
    private @Nullable BodyRefusal refusal;
    private boolean isDone;

    Intake(Request request, Response response, Callback callback, int max) {
      this.request = request;
      this.response = response;
      this.callback = callback;
      this.max = max;
    }

    void begin() {
      Request.addCompletionListener(request, failure -> release());
      deadline =
          request
              .getComponents()
              .getScheduler()
              .schedule(this::expire, timeout.toMillis(), TimeUnit.MILLISECONDS);
      receive(true);
    }

    private void receive(boolean isFirst) {
      BodyRefusal end;
      synchronized (this) {
        if (isDone) {
          return;
        }
        Content.Chunk chunk = request.read();
        end = null;
        while (chunk != null) {
          end = keep(chunk);
          if (chunk.isLast() || end != null) {
            break;
          }
          chunk = request.read();
        }
        if (chunk == null) {
          request.demand(onContent);
          return;
        }
        isDone = true;
      }
      stopDeadline();
      if (end != null) {
        callback.failed(end);
      } else if (isFirst) {
        next();
      } else {
        request.getComponents().getExecutor().execute(this::next);
      }
    }

    /** Why the body is refused now; null if it goes on, or is complete. */
    private @Nullable BodyRefusal keep(Content.Chunk chunk) {
      if (Content.Chunk.isFailure(chunk)) {
        return BodyRefusal.unreadable(chunk.getFailure());
      }
      ByteBuffer part = chunk.getByteBuffer();
      int size = part.remaining();
      if (refusal == null && (request.getLength() > max || length + (long) size > max)) {
        drop(BodyRefusal.tooLarge(max));
      } else if (refusal == null && !makeRoom(length + size)) {
        drop(BodyRefusal.noMemory());
      }
      if (refusal == null) {
        part.get(bytes, length, size);
        length += size;
      } else {
        dropped += size;
      }
      boolean isOver = chunk.isLast() || dropped > MAX_DROPPED;
      chunk.release();
      return isOver ? refusal : null;
    }

    /** From now on the body is read and dropped. */
    private void drop(BodyRefusal because) {
      refusal = because;
      budget.give(bytes.length);
      bytes = new byte[0];
      length = 0;
    }

    private boolean makeRoom(int needed) {
      if (needed <= bytes.length) {
        return true;
      }
      long most = request.getLength() > 0 ? request.getLength() : max;
      long doubled = Math.max(FIRST_BYTES, 2L * bytes.length);
      int size = (int) Math.max(needed, Math.min(doubled, most));
      if (!budget.take(size - bytes.length, size)) {
        return false;
      }
      bytes = Arrays.copyOf(bytes, size);
      return true;
    }

    private void expire() {
      synchronized (this) {
        if (isDone) {
          return;
        }
        isDone = true;
      }
      callback.failed(refusal == null ? BodyRefusal.tooSlow() : refusal);
    }

    private void stopDeadline() {
      if (deadline != null) {
        deadline.cancel();
      }
    }

    private synchronized void release() {
      isDone = true;
      stopDeadline();
      budget.give(bytes.length);
      bytes = new byte[0];
    }

    private void next() {
      byte[] body = body();
      request.setAttribute(BODY, body);
      handleNext(new WithBody(request, body), response, callback);
    }

    private synchronized byte[] body() {
      return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
  }

  /** A request whose body is read from memory. */
  private static final class WithBody extends Request.Wrapper {
    private final Content.Source content;

    WithBody(Request request, byte[] body) {
      super(request);
      this.content = Content.Source.from(ByteBuffer.wrap(body));
    }

    @Override
    public Content.Chunk read() {
      return content.read();
    }

    @Override
    public void demand(Runnable onContent) {
      content.demand(onContent);
    }

    @Override
    public void fail(Throwable failure) {
      content.fail(failure);
    }
  }
}
