package io.cite.server.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cite.core.port.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/** So many requests per minute for each key. Thread-safe. */
final class RateLimit {
  private static final long WINDOW_SECONDS = 60;
  private static final int MAX_KEYS = 100_000;

  private final int perMinute;
  private final InstantSource clock;
  private final Cache<String, Window> windows = Caffeine.newBuilder().maximumSize(MAX_KEYS).build();

  private record Window(long minute, AtomicInteger count) {}

  RateLimit(int perMinute, InstantSource clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  /**
   * Counts a request.
   *
   * @throws HttpProblem with 429 where there were too many in this minute
   */
  void count(String key) {
    if (window(key).count().incrementAndGet() > perMinute) {
      throw tooMany();
    }
  }

  /** Refuses, without counting, where the limit is reached. */
  void check(String key) {
    if (window(key).count().get() >= perMinute) {
      throw tooMany();
    }
  }

  private Window window(String key) {
    long minute = clock.instant().getEpochSecond() / WINDOW_SECONDS;
    Window window =
        windows
            .asMap()
            .compute(
                key,
                (k, known) ->
                    known != null && known.minute() == minute
                        ? known
                        : new Window(minute, new AtomicInteger()));
    return window;
  }

  private HttpProblem tooMany() {
    return HttpProblem.tooMany(WINDOW_SECONDS - clock.instant().getEpochSecond() % WINDOW_SECONDS);
  }
}
