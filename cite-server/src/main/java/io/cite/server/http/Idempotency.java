package io.cite.server.http;

import io.cite.core.engine.store.IdempotencyStore;
import io.cite.core.engine.store.IdempotencyStore.Answer;
import io.cite.core.engine.store.IdempotencyStore.Claim;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.InstantSource;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what a POST asks for once, however often it comes with the same {@code Idempotency-Key}: the
 * first success is stored and answered again. A failure is forgotten, so that the request can be
 * sent again. A mark that nobody completed, because the process ended, gives way after a while.
 * Thread-safe.
 */
final class Idempotency {
  static final String HEADER = "Idempotency-Key";

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private static final Duration CLEANING = Duration.ofHours(1);
  private static final Logger LOG = LoggerFactory.getLogger(Idempotency.class);

  private final AtomicLong nextClean = new AtomicLong();
  private final IdempotencyStore store;
  private final InstantSource clock;

  Idempotency(IdempotencyStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** The action, done once per key. */
  Route.Action once(Route.Action action) {
    return ctx -> {
      String key = ctx.header(HEADER);
      if (key == null) {
        action.handle(ctx);
        return;
      }
      if (!KEY.matcher(key).matches()) {
        throw new InvalidInput("The Idempotency-Key must be 1 to 255 visible ASCII characters");
      }
      String stored = hash(Principal.of(ctx).name() + "\n" + key);
      String request =
          hash(
              ctx.path()
                  + "\n"
                  + ctx.queryString()
                  + "\n"
                  + HexFormat.of().formatHex(Authenticator.sha256(BodyIntake.bodyOf(ctx))));
      if (!claim(ctx, stored, request)) {
        return;
      }
      try {
        action.handle(ctx);
      } catch (Exception e) {
        store.release(stored);
        throw e;
      }
      store.answer(stored, request, answer(ctx), clock.instant());
      cleanSometimes();
    };
  }

  /** Whether the action is to be done now; else it has been answered. */
  private boolean claim(Context ctx, String key, String request) {
    IdempotencyStore.Claim claim = store.claim(key, request, clock.instant());
    if (claim instanceof Claim.Answered answered) {
      replay(ctx, answered.answer());
      return false;
    }
    if (claim instanceof Claim.OtherRequest) {
      throw new Conflict(
          ErrorCode.REUSED_KEY, "The Idempotency-Key was used for another request. Use a new key.");
    }
    if (claim instanceof Claim.InProgress) {
      throw new Conflict(
          ErrorCode.WRONG_STATE,
          "A request with the same Idempotency-Key is in progress. Send it again later.");
    }
    return true;
  }

  private static void replay(Context ctx, Answer answer) {
    ctx.status(answer.status());
    if (answer.location() != null) {
      ctx.header("Location", answer.location());
    }
    if (answer.etag() != null) {
      ctx.header("ETag", answer.etag());
    }
    ctx.header("Idempotency-Replayed", "true");
    ctx.contentType("application/json");
    ctx.result(answer.body());
  }

  private static Answer answer(Context ctx) {
    String body = ctx.result();
    return new Answer(
        ctx.statusCode(),
        body == null ? "" : body,
        ctx.res().getHeader("Location"),
        ctx.res().getHeader("ETag"));
  }

  /** At most once an hour, beside the request that happens to come. */
  private void cleanSometimes() {
    long now = clock.instant().getEpochSecond();
    long due = nextClean.get();
    if (now >= due && nextClean.compareAndSet(due, now + CLEANING.toSeconds()) && due > 0) {
      CompletableFuture.runAsync(this::clean)
          .exceptionally(
              failure -> {
                LOG.warn("CITE could not remove old idempotency keys.", failure);
                return null;
              });
    }
  }

  /** Forgets what is past its time; how many were forgotten. */
  int clean() {
    return store.removeOld(clock.instant());
  }

  private static String hash(String text) {
    return HexFormat.of().formatHex(Authenticator.sha256(text.getBytes(StandardCharsets.UTF_8)));
  }
}
