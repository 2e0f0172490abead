package io.cite.core.domain.deploy;

import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.CommitId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A deployment in each of its states, and one event of each kind. */
public final class DeploymentLife {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final CommitId COMMIT = CommitId.parse("0123456789abcdef0123456789abcdef01234567");
  static final ImageReference IMAGE = ImageReference.parse("registry.invalid/acme/hello:1");

  private DeploymentLife() {}

  /** A deployment that has been accepted. */
  public static Deployment requested() {
    return Deployment.requested(
        new Deployment.Identity(
            EnvironmentId.parse("acme/hello/feature/x"),
            7,
            7,
            COMMIT,
            IMAGE,
            Origin.AUTO,
            "cite",
            3L,
            null),
        2,
        START,
        START.plusSeconds(600));
  }

  /** One event of each kind, by name. */
  public static Map<String, DeploymentEvent> events() {
    Map<String, DeploymentEvent> events = new LinkedHashMap<>();
    events.put("Announced", new DeploymentEvent.Announced(99));
    events.put("InDoubt", new DeploymentEvent.InDoubt(START.plusSeconds(600)));
    events.put("Rechecked", new DeploymentEvent.Rechecked());
    events.put("AnnouncementDeferred", new DeploymentEvent.AnnouncementDeferred("it is down"));
    events.put("RolledOut", new DeploymentEvent.RolledOut("hello-feature-7", null));
    events.put("PodsReady", new DeploymentEvent.PodsReady(1, 2));
    events.put("AllReady", new DeploymentEvent.AllReady(2));
    events.put("Switched", new DeploymentEvent.Switched(START.plusSeconds(30)));
    events.put("Confirmed", new DeploymentEvent.Confirmed(2));
    events.put("NoEndpoints", new DeploymentEvent.NoEndpoints("no pod took traffic", null));
    events.put(
        "Failed",
        new DeploymentEvent.Failed(
            "it crashes", new Evidence("CrashLoopBackOff", List.of("Back-off"), "panic\n")));
    events.put("Superseded", new DeploymentEvent.Superseded("superseded by deployment 8"));
    events.put("CancelRequested", new DeploymentEvent.CancelRequested("somebody"));
    events.put("Replaced", new DeploymentEvent.Replaced(8, Drain.awaitingConfirmation(false)));
    events.put("DrainPlanned", new DeploymentEvent.DrainPlanned(START.plusSeconds(10)));
    events.put("Emptied", new DeploymentEvent.Emptied());
    events.put("Drained", new DeploymentEvent.Drained());
    events.put("TakenAgain", new DeploymentEvent.TakenAgain());
    events.put("FormerDrained", new DeploymentEvent.FormerDrained(6, Duration.ofSeconds(17)));
    events.put("Reported", new DeploymentEvent.Reported(ReportedState.FAILURE));
    events.put("RolloutRemoved", new DeploymentEvent.RolloutRemoved());
    return events;
  }

  /** The deployment after the event. */
  public static Deployment after(Deployment deployment, DeploymentEvent event) {
    return DeploymentMachine.apply(deployment, event, START.plusSeconds(1));
  }

  /** A deployment in each state, come to it as it usually does. */
  public static Map<DeploymentState, Deployment> states() {
    Map<DeploymentState, Deployment> states = new LinkedHashMap<>();
    Map<String, DeploymentEvent> events = events();
    Deployment d = requested();
    states.put(d.state(), d);
    for (String event : List.of("Announced", "RolledOut", "AllReady", "Switched", "Replaced")) {
      d = after(d, events.get(event));
      states.put(d.state(), d);
    }
    Deployment rolling = states.get(DeploymentState.ROLLING_OUT);
    for (String event : List.of("Failed", "Superseded", "CancelRequested")) {
      d = after(rolling, events.get(event));
      states.put(d.state(), d);
    }
    return states;
  }
}
