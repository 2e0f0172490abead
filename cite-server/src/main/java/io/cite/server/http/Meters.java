package io.cite.server.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What is measured, in Prometheus' form. Thread-safe. */
public final class Meters implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final JvmGcMetrics collections = new JvmGcMetrics();

  /** Begins to measure the process. */
  public Meters() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  /** A request that was answered. */
  void answered(Route route, int status, long nanos) {
    String line = route.method().name() + " " + route.path() + " " + status;
    Timer timer = timers.get(line);
    if (timer == null) {
      timer =
          timers.computeIfAbsent(
              line,
              key ->
                  Timer.builder("cite.http.requests")
                      .description("Requests by route and status")
                      .tag("method", route.method().name())
                      .tag("route", route.path())
                      .tag("status", Integer.toString(status))
                      .serviceLevelObjectives(
                          Duration.ofMillis(5),
                          Duration.ofMillis(25),
                          Duration.ofMillis(100),
                          Duration.ofMillis(500),
                          Duration.ofSeconds(2))
                      .register(registry));
    }
    timer.record(Duration.ofNanos(nanos));
  }

  /** A webhook and what was answered to it. */
  void delivery(String outcome) {
    count("cite.deliveries", "Webhooks by the answer of CITE", "outcome", outcome);
  }

  /**
   * Counts one of the things that labels tell apart.
   *
   * @param labels names and values by turns
   */
  public void count(String name, String description, String... labels) {
    counters
        .computeIfAbsent(
            name + " " + String.join(" ", labels),
            key -> Counter.builder(name).description(description).tags(labels).register(registry))
        .increment();
  }

  /** Shows a number that is read at each scrape. */
  public void gauge(String name, String description, Supplier<Number> number) {
    io.micrometer.core.instrument.Gauge.builder(name, number)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
