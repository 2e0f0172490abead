package io.cite.core.domain.deploy;

import static io.cite.core.domain.deploy.DeploymentState.ANNOUNCED;
import static io.cite.core.domain.deploy.DeploymentState.CANCELLED;
import static io.cite.core.domain.deploy.DeploymentState.FAILED;
import static io.cite.core.domain.deploy.DeploymentState.LIVE;
import static io.cite.core.domain.deploy.DeploymentState.READY;
import static io.cite.core.domain.deploy.DeploymentState.REQUESTED;
import static io.cite.core.domain.deploy.DeploymentState.RETIRED;
import static io.cite.core.domain.deploy.DeploymentState.ROLLING_OUT;
import static io.cite.core.domain.deploy.DeploymentState.SUPERSEDED;

import java.time.Instant;

/**
 * The rules of a deployment's life: a pure function of the deployment, what happened, and when. An
 * event that does not fit the state changes nothing, so events may be repeated, late or out of
 * order. {@link #next} says what has to be done for a deployment in its state; it depends on the
 * stored deployment alone, so any process can go on where another one stopped.
 */
public final class DeploymentMachine {

  private DeploymentMachine() {}

  /** The deployment after the event. */
  public static Deployment apply(Deployment d, DeploymentEvent event, Instant at) {
    if (event instanceof DeploymentEvent.Reported e) {
      return d.withReported(e.reported());
    }
    if (event instanceof DeploymentEvent.RolloutRemoved) {
      return d.withRollout(false);
    }
    if (event instanceof DeploymentEvent.InDoubt e) {
      return d.recheckAt() == null ? d.recheckedAt(e.recheckAt()) : d;
    }
    if (event instanceof DeploymentEvent.Rechecked) {
      return d.recheckedAt(null);
    }
    if (event instanceof DeploymentEvent.Announced e) {
      Deployment known = d.githubId() == null ? d.withGithubId(e.githubId()) : d;
      return known.state() == REQUESTED
          ? rollOutNext(known).to(ANNOUNCED, "GitHub deployment " + e.githubId(), at)
          : known;
    }
    if (event instanceof DeploymentEvent.Replaced e) {
      return d.state() == LIVE ? d.to(RETIRED, "replaced by deployment " + e.bySeq(), at) : d;
    }
    if (d.awaitsConfirmation()) {
      return confirm(d, event, at);
    }
    return d.state().isUnderWay() ? advance(d, event, at) : d;
  }

  /** What counts after the switch, until one of the pods is seen to take traffic. */
  private static Deployment confirm(Deployment d, DeploymentEvent event, Instant at) {
    if (event instanceof DeploymentEvent.Confirmed e) {
      String text = e.endpoints() + (e.endpoints() == 1 ? " pod takes" : " pods take") + " traffic";
      return d.withCause(null, null).confirmedBy(null).to(LIVE, text, at);
    }
    if (event instanceof DeploymentEvent.NoEndpoints e) {
      return d.hasNoEndpoints() ? d : d.withCause(e.cause(), e.evidence()).to(LIVE, e.cause(), at);
    }
    if (event instanceof DeploymentEvent.Failed e) {
      return d.withCause(e.cause(), e.evidence()).to(FAILED, e.cause(), at);
    }
    return d;
  }

  /** From here on a controller may exist: whoever ends the deployment has to remove it. */
  private static Deployment rollOutNext(Deployment d) {
    return d.withRollout(true);
  }

  private static Deployment advance(Deployment d, DeploymentEvent event, Instant at) {
    DeploymentState state = d.state();
    if (event instanceof DeploymentEvent.AnnouncementDeferred e) {
      return state == REQUESTED
          ? rollOutNext(d).to(ANNOUNCED, "GitHub could not be told yet: " + e.why(), at)
          : d;
    }
    if (event instanceof DeploymentEvent.RolledOut e) {
      return state == ANNOUNCED ? d.to(ROLLING_OUT, "controller " + e.controller(), at) : d;
    }
    if (event instanceof DeploymentEvent.PodsReady e) {
      return state == ROLLING_OUT ? d.withPods(e.ready(), e.wanted()) : d;
    }
    if (event instanceof DeploymentEvent.AllReady e) {
      return state == ROLLING_OUT
          ? d.withPods(e.wanted(), e.wanted())
              .to(READY, e.wanted() + " of " + e.wanted() + " pods ready", at)
          : d;
    }
    if (event instanceof DeploymentEvent.Switched e) {
      return state == READY ? d.confirmedBy(e.confirmUntil()).to(LIVE, "traffic switched", at) : d;
    }
    if (event instanceof DeploymentEvent.Superseded e) {
      return d.withCause(e.by(), null).to(SUPERSEDED, e.by(), at);
    }
    if (event instanceof DeploymentEvent.CancelRequested e) {
      return d.withCause("cancelled by " + e.by(), null)
          .to(CANCELLED, "cancelled by " + e.by(), at);
    }
    if (event instanceof DeploymentEvent.Failed e) {
      return d.withCause(e.cause(), e.evidence()).to(FAILED, e.cause(), at);
    }
    return d;
  }

  /** What has to be done next for this deployment, as its stored state says. */
  public static DeploymentEffect next(Deployment d) {
    return switch (d.state()) {
      case REQUESTED -> DeploymentEffect.ANNOUNCE;
      case ANNOUNCED -> DeploymentEffect.ROLL_OUT;
      case ROLLING_OUT -> DeploymentEffect.AWAIT_PODS;
      case READY -> DeploymentEffect.SWITCH_TRAFFIC;
      case FAILED, SUPERSEDED, CANCELLED ->
          d.rolledOut() ? DeploymentEffect.REMOVE_ROLLOUT : DeploymentEffect.NONE;
      case LIVE -> d.awaitsConfirmation() ? DeploymentEffect.CONFIRM : DeploymentEffect.NONE;
      case RETIRED -> DeploymentEffect.NONE;
    };
  }
}
