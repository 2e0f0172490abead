package io.cite.server.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether what CITE depends on answers. What it cannot serve without is asked whenever somebody
 * wants to know; the rest is asked in the background, so that a slow system slows nobody.
 */
public final class Health implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);
  private static final long PERIOD_SECONDS = 30;

  private final List<HealthCheck> checks;
  private final Map<String, Boolean> last = new ConcurrentHashMap<>();
  private final ScheduledExecutorService background =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "cite-health");
            thread.setDaemon(true);
            return thread;
          });

  /** Begins to watch. */
  public Health(List<HealthCheck> checks) {
    this.checks = List.copyOf(checks);
    var unused =
        background.scheduleWithFixedDelay(this::askOthers, 1, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  private void askOthers() {
    for (HealthCheck check : checks) {
      if (!check.required()) {
        Boolean before = last.put(check.name(), answers(check));
        if (Boolean.TRUE.equals(before) && Boolean.FALSE.equals(last.get(check.name()))) {
          LOG.warn("{} stopped answering.", check.name());
        }
      }
    }
  }

  private static boolean answers(HealthCheck check) {
    try {
      check.probe().run();
      return true;
    } catch (RuntimeException e) {
      LOG.debug("{} does not answer", check.name(), e);
      return false;
    }
  }

  /**
   * What was found.
   *
   * @param isReady whether everything that is required answers
   * @param systems {@code up}, {@code down} or {@code unknown}, by name
   */
  public record Report(boolean isReady, Map<String, String> systems) {}

  /** What was found so far. */
  public Report report() {
    boolean isReady = true;
    Map<String, String> systems = new LinkedHashMap<>();
    for (HealthCheck check : checks) {
      Boolean up = check.required() ? Boolean.valueOf(answers(check)) : last.get(check.name());
      systems.put(check.name(), up == null ? "unknown" : up ? "up" : "down");
      isReady &= !check.required() || Boolean.TRUE.equals(up);
    }
    return new Report(isReady, systems);
  }

  @Override
  public void close() {
    background.shutdownNow();
  }
}
