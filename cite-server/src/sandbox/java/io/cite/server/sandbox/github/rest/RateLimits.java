package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.shape.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** How many calls each caller has left in the running hour. Thread-safe. */
public final class RateLimits {

  private static final Duration WINDOW = Duration.ofHours(1);

  private final InstantSource clock;
  private final Map<String, Window> windows = new HashMap<>();
  private int limit;

  public RateLimits(int limit, InstantSource clock) {
    this.limit = limit;
    this.clock = clock;
  }

  record Window(int limit, int used, Instant reset) {

    int remaining() {
      return Math.max(0, limit - used);
    }

    ObjectNode json() {
      return Json.object()
          .put("limit", limit)
          .put("remaining", remaining())
          .put("reset", reset.getEpochSecond())
          .put("used", used)
          .put("resource", "core");
    }

    Map<String, String> headers() {
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("X-RateLimit-Limit", Integer.toString(limit));
      headers.put("X-RateLimit-Remaining", Integer.toString(remaining()));
      headers.put("X-RateLimit-Reset", Long.toString(reset.getEpochSecond()));
      headers.put("X-RateLimit-Used", Integer.toString(used));
      headers.put("X-RateLimit-Resource", "core");
      return headers;
    }
  }

  /** Changes the limit for all callers and starts their hours anew. */
  public synchronized void limit(int calls) {
    limit = calls;
    windows.clear();
  }

  synchronized Window of(String caller) {
    Instant now = clock.instant();
    Window window = windows.get(caller);
    if (window == null || !now.isBefore(window.reset())) {
      window = new Window(limit, 0, now.plus(WINDOW));
      windows.put(caller, window);
    }
    return window;
  }

  synchronized Window count(String caller) {
    Window window = of(caller);
    Window counted = new Window(window.limit(), window.used() + 1, window.reset());
    windows.put(caller, counted);
    return counted;
  }
}
