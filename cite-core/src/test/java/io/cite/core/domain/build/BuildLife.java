package io.cite.core.domain.build;

import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.CommitId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A build in each of its states, and one event of each kind. */
public final class BuildLife {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration TIMEOUT = Duration.ofMinutes(60);
  static final BuildMachine MACHINE = new BuildMachine(TIMEOUT);
  static final ImageReference IMAGE = ImageReference.parse("registry.invalid/acme/hello:1");

  private BuildLife() {}

  /** A build that somebody asked for. */
  public static Build queued() {
    return Build.queued(
        EnvironmentId.parse("acme/hello/feature/x"),
        3,
        CommitId.parse("0123456789abcdef0123456789abcdef01234567"),
        BuildOrigin.MANUAL,
        "somebody",
        40,
        START,
        START.plus(TIMEOUT));
  }

  /** One event of each kind, by name. */
  public static Map<String, BuildEvent> events() {
    Map<String, BuildEvent> events = new LinkedHashMap<>();
    events.put("Ordered", new BuildEvent.Ordered("somebody else"));
    events.put("Requested", new BuildEvent.Requested(7));
    events.put("RequestFailed", new BuildEvent.RequestFailed("the builder is down"));
    events.put("Pending", new BuildEvent.Pending(50));
    events.put("Succeeded", new BuildEvent.Succeeded(60, IMAGE, null));
    events.put(
        "Failed",
        new BuildEvent.Failed(60, "a step failed", new LogUrl("http://b.invalid/1"), "end"));
    events.put("Errored", new BuildEvent.Errored(60, "no image is named"));
    events.put("Rejected", new BuildEvent.Rejected(60));
    events.put("Unconfirmed", new BuildEvent.Unconfirmed("the builder is away"));
    events.put("Asked", new BuildEvent.Asked(7));
    events.put("Cancelled", new BuildEvent.Cancelled("ada"));
    events.put("Stopped", new BuildEvent.Stopped(60, 8, "cancelled by ada"));
    events.put("DeadlinePassed", new BuildEvent.DeadlinePassed());
    return events;
  }

  /** When each event happens: the last one once the deadline has passed. */
  public static Instant time(BuildEvent event) {
    Duration later = event instanceof BuildEvent.DeadlinePassed ? TIMEOUT : Duration.ofMinutes(1);
    return START.plus(later.multipliedBy(2));
  }

  /** The build after the event. */
  public static Build after(Build build, BuildEvent event) {
    return MACHINE.apply(build, event, time(event));
  }

  /** A build in each state. */
  public static Map<BuildState, Build> states() {
    Map<BuildState, Build> states = new LinkedHashMap<>();
    Build running = MACHINE.apply(queued(), new BuildEvent.Pending(45), START);
    states.put(BuildState.QUEUED, queued());
    states.put(BuildState.RUNNING, running);
    for (BuildEvent event : events().values()) {
      Build next = after(running, event);
      states.putIfAbsent(next.state(), next);
    }
    return states;
  }
}
