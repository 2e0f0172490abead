package io.cite.server.http;

import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.InstantSource;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Commit;
import io.cite.core.port.MetadataStore.Condition;
import io.cite.core.port.MetadataStore.Transaction;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  static final Duration MEMORY = Duration.ofHours(24);

  private static final String AREA = "/cite/.idempotency/";
  private static final Duration UNFINISHED = Duration.ofMinutes(1);
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
  private static final int PAGE = 100;

  private static final Duration CLEANING = Duration.ofHours(1);
  private static final Logger LOG = LoggerFactory.getLogger(Idempotency.class);

  private final AtomicLong nextClean = new AtomicLong();
  private final MetadataStore store;
  private final InstantSource clock;

  Idempotency(MetadataStore store, InstantSource clock) {
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
      String path = AREA + hash(Principal.of(ctx).name() + "\n" + key);
      String request =
          hash(
              ctx.path()
                  + "\n"
                  + ctx.queryString()
                  + "\n"
                  + HexFormat.of().formatHex(Authenticator.sha256(Json.bytes(ctx))));
      if (!claim(ctx, path, request)) {
        return;
      }
      try {
        action.handle(ctx);
      } catch (Exception e) {
        release(path);
        throw e;
      }
      keep(ctx, path, request);
      cleanSometimes();
    };
  }

  /** Whether the action is to be done now; else it has been answered. */
  private boolean claim(Context ctx, String path, String request) {
    Change.Put mark = new Change.Put(path, document(request));
    for (int attempt = 0; attempt < 3; attempt++) {
      if (committed(new Condition.Absent(path), mark)) {
        return true;
      }
      Optional<MetadataStore.Entry> entry = store.get(path);
      if (entry.isEmpty()) {
        continue;
      }
      Map<String, Object> known = entry.get().document();
      boolean past = isOlderThan(known, known.containsKey("status") ? MEMORY : UNFINISHED);
      if (past) {
        if (committed(new Condition.Unchanged(path, entry.get().revision()), mark)) {
          return true;
        }
        continue;
      }
      if (!request.equals(known.get("request"))) {
        throw new Conflict(
            ErrorCode.REUSED_KEY,
            "The Idempotency-Key was used for another request. Use a new key.");
      }
      if (known.get("status") instanceof Long status) {
        replay(ctx, status, known);
        return false;
      }
      throw new Conflict(
          ErrorCode.WRONG_STATE,
          "A request with the same Idempotency-Key is in progress. Send it again later.");
    }
    throw new Conflict(
        ErrorCode.WRONG_STATE, "A request with the same Idempotency-Key is in progress.");
  }

  private static void replay(Context ctx, long status, Map<String, Object> known) {
    ctx.status(Math.toIntExact(status));
    for (String header : List.of("Location", "ETag")) {
      if (known.get(header) instanceof String value) {
        ctx.header(header, value);
      }
    }
    ctx.header("Idempotency-Replayed", "true");
    ctx.contentType("application/json");
    ctx.result(known.get("body") instanceof String body ? body : "");
  }

  private void keep(Context ctx, String path, String request) {
    Map<String, Object> done = document(request);
    done.put("status", (long) ctx.statusCode());
    String body = ctx.result();
    done.put("body", body == null ? "" : body);
    for (String header : List.of("Location", "ETag")) {
      String value = ctx.res().getHeader(header);
      if (value != null) {
        done.put(header, value);
      }
    }
    store.commit(new Transaction(List.of(), List.of(new Change.Put(path, done))));
  }

  private void release(String path) {
    store.commit(new Transaction(List.of(), List.of(new Change.Delete(path))));
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
    int cleaned = 0;
    String after = null;
    while (true) {
      List<MetadataStore.Entry> page = store.list(AREA, after, PAGE);
      for (MetadataStore.Entry entry : page) {
        after = entry.key();
        if (isOlderThan(entry.document(), MEMORY)
            && committed(
                new Condition.Unchanged(entry.key(), entry.revision()),
                new Change.Delete(entry.key()))) {
          cleaned++;
        }
      }
      if (page.size() < PAGE) {
        return cleaned;
      }
    }
  }

  private Map<String, Object> document(String request) {
    Map<String, Object> document = new HashMap<>();
    document.put("v", 1L);
    document.put("request", request);
    document.put("at", clock.instant().getEpochSecond());
    return document;
  }

  private boolean isOlderThan(Map<String, Object> document, Duration age) {
    return !(document.get("at") instanceof Long at)
        || clock.instant().getEpochSecond() - at > age.toSeconds();
  }

  private boolean committed(Condition condition, Change change) {
    return store.commit(new Transaction(List.of(condition), List.of(change)))
        instanceof Commit.Committed;
  }

  private static String hash(String text) {
    return HexFormat.of().formatHex(Authenticator.sha256(text.getBytes(StandardCharsets.UTF_8)));
  }
}
