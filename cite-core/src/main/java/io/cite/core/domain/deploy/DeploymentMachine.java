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

import io.cite.core.domain.Transitions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * The rules of a deployment's life: a pure function of the deployment, what happened, and when. An
 * event that does not fit the state is refused by name and changes nothing, so events may be
 * repeated, late or out of order. {@link #next} says what has to be done for a deployment in its
 * state. It depends on the stored deployment alone, so any process can go on where another one
 * stopped.
 */
public final class DeploymentMachine {

  /** Why an event changes nothing. */
  public enum Refusal {
    /** The deployment has not come so far. */
    TOO_EARLY,
    /** The deployment has passed this point. */
    ALREADY_PASSED,
    /** The deployment is over. */
    OVER,
    /** The deployment is live, and a pod was seen to take traffic. */
    CONFIRMED,
    /** It is known already that no pod takes traffic. */
    KNOWN_WITHOUT_ENDPOINTS,
    /** Only a live deployment can be replaced. */
    NOT_LIVE,
    /** Another recheck is planned already. */
    RECHECK_PLANNED,
    /** Only pods that had the traffic are drained, and each step of that is taken once. */
    NOT_DRAINED_NOW
  }

  private static final Set<DeploymentState> ALL = EnumSet.allOf(DeploymentState.class);
  static final Set<DeploymentState> UNDER_WAY =
      EnumSet.of(REQUESTED, ANNOUNCED, ROLLING_OUT, READY);
  private static final Set<DeploymentState> ENDED =
      EnumSet.of(RETIRED, FAILED, SUPERSEDED, CANCELLED);

  private static final Transitions<DeploymentState, Deployment, DeploymentEvent> TABLE = table();

  private DeploymentMachine() {}

  private static Transitions<DeploymentState, Deployment, DeploymentEvent> table() {
    Transitions.Builder<DeploymentState, Deployment, DeploymentEvent> table =
        Transitions.of(DeploymentState.class, DeploymentEvent.class, Deployment::state);
    whatTheHostKnows(table);
    theWayToReady(table);
    theSwitch(table);
    theEnd(table);
    DrainRules.putInto(table);
    table.refuseAllElse(ENDED, Refusal.OVER);
    return table.build();
  }

  /** Events about the source host's deployment count in every state. */
  private static void whatTheHostKnows(
      Transitions.Builder<DeploymentState, Deployment, DeploymentEvent> table) {
    table
        .row(
            EnumSet.of(REQUESTED),
            DeploymentEvent.Announced.class,
            ANNOUNCED,
            (d, e, at) ->
                rollOutNext(known(d, e)).to(ANNOUNCED, "GitHub deployment " + e.githubId(), at))
        .same(
            EnumSet.complementOf(EnumSet.of(REQUESTED)),
            DeploymentEvent.Announced.class,
            (d, e, at) -> known(d, e))
        .row(
            EnumSet.of(REQUESTED),
            DeploymentEvent.AnnouncementDeferred.class,
            ANNOUNCED,
            (d, e, at) ->
                rollOutNext(d).to(ANNOUNCED, "GitHub does not show it yet: " + e.why(), at))
        .refuse(
            EnumSet.complementOf(EnumSet.of(REQUESTED)),
            DeploymentEvent.AnnouncementDeferred.class,
            Refusal.ALREADY_PASSED)
        .same(
            ALL,
            DeploymentEvent.Reported.class,
            (d, e, at) -> d.with(d.host().withReported(e.reported())))
        .same(
            ALL,
            DeploymentEvent.InDoubt.class,
            (d, e, at) -> d.deadlines().recheck() == null,
            Refusal.RECHECK_PLANNED,
            (d, e, at) -> d.with(d.deadlines().recheckedAt(e.recheckAt())))
        .same(
            ALL,
            DeploymentEvent.Rechecked.class,
            (d, e, at) -> d.with(d.deadlines().recheckedAt(null)));
  }

  private static Deployment known(Deployment d, DeploymentEvent.Announced e) {
    return d.host().githubId() == null ? d.with(d.host().announced(e.githubId())) : d;
  }

  /** From here on a controller may exist: whoever ends the deployment has to remove it. */
  private static Deployment rollOutNext(Deployment d) {
    return d.with(d.rollout().existing(true));
  }

  private static void theWayToReady(
      Transitions.Builder<DeploymentState, Deployment, DeploymentEvent> table) {
    table
        .refuse(EnumSet.of(REQUESTED), DeploymentEvent.RolledOut.class, Refusal.TOO_EARLY)
        .row(
            EnumSet.of(ANNOUNCED),
            DeploymentEvent.RolledOut.class,
            ROLLING_OUT,
            (d, e, at) ->
                d.rolledOutWith(e.settings()).to(ROLLING_OUT, "controller " + e.controller(), at))
        .refuse(
            EnumSet.of(ROLLING_OUT, READY, LIVE),
            DeploymentEvent.RolledOut.class,
            Refusal.ALREADY_PASSED)
        .refuse(
            EnumSet.of(REQUESTED, ANNOUNCED), DeploymentEvent.PodsReady.class, Refusal.TOO_EARLY)
        .same(
            EnumSet.of(ROLLING_OUT),
            DeploymentEvent.PodsReady.class,
            (d, e, at) -> d.with(d.rollout().pods(e.ready(), e.wanted())))
        .refuse(EnumSet.of(READY, LIVE), DeploymentEvent.PodsReady.class, Refusal.ALREADY_PASSED)
        .refuse(EnumSet.of(REQUESTED, ANNOUNCED), DeploymentEvent.AllReady.class, Refusal.TOO_EARLY)
        .row(
            EnumSet.of(ROLLING_OUT),
            DeploymentEvent.AllReady.class,
            READY,
            (d, e, at) ->
                d.with(d.rollout().pods(e.wanted(), e.wanted()))
                    .to(READY, e.wanted() + " of " + e.wanted() + " pods ready", at))
        .refuse(EnumSet.of(READY, LIVE), DeploymentEvent.AllReady.class, Refusal.ALREADY_PASSED);
  }

  private static void theSwitch(
      Transitions.Builder<DeploymentState, Deployment, DeploymentEvent> table) {
    table
        .refuse(
            EnumSet.of(REQUESTED, ANNOUNCED, ROLLING_OUT),
            DeploymentEvent.Switched.class,
            Refusal.TOO_EARLY)
        .row(
            EnumSet.of(READY),
            DeploymentEvent.Switched.class,
            LIVE,
            (d, e, at) ->
                d.to(LIVE, "traffic switched", at)
                    .with(d.deadlines().confirmedBy(e.confirmUntil())))
        .refuse(EnumSet.of(LIVE), DeploymentEvent.Switched.class, Refusal.ALREADY_PASSED)
        .refuse(UNDER_WAY, DeploymentEvent.Confirmed.class, Refusal.TOO_EARLY)
        .row(
            EnumSet.of(LIVE),
            DeploymentEvent.Confirmed.class,
            LIVE,
            (d, e, at) -> d.awaitsConfirmation(),
            Refusal.CONFIRMED,
            (d, e, at) ->
                d.with(Deployment.Outcome.NONE)
                    .with(d.deadlines().confirmedBy(null))
                    .to(LIVE, taking(e.endpoints()), at))
        .refuse(UNDER_WAY, DeploymentEvent.NoEndpoints.class, Refusal.TOO_EARLY)
        .row(
            EnumSet.of(LIVE),
            DeploymentEvent.NoEndpoints.class,
            LIVE,
            (d, e, at) -> d.awaitsConfirmation() && !d.hasNoEndpoints(),
            Refusal.KNOWN_WITHOUT_ENDPOINTS,
            (d, e, at) ->
                d.with(new Deployment.Outcome(e.cause(), e.evidence())).to(LIVE, e.cause(), at));
  }

  private static String taking(int endpoints) {
    return endpoints + (endpoints == 1 ? " pod takes" : " pods take") + " traffic";
  }

  private static void theEnd(
      Transitions.Builder<DeploymentState, Deployment, DeploymentEvent> table) {
    table
        .row(
            UNDER_WAY,
            DeploymentEvent.Failed.class,
            FAILED,
            (d, e, at) ->
                d.with(new Deployment.Outcome(e.cause(), e.evidence())).to(FAILED, e.cause(), at))
        .row(
            EnumSet.of(LIVE),
            DeploymentEvent.Failed.class,
            FAILED,
            (d, e, at) -> d.awaitsConfirmation(),
            Refusal.CONFIRMED,
            (d, e, at) ->
                d.with(new Deployment.Outcome(e.cause(), e.evidence())).to(FAILED, e.cause(), at))
        .row(
            UNDER_WAY,
            DeploymentEvent.Superseded.class,
            SUPERSEDED,
            (d, e, at) -> d.with(new Deployment.Outcome(e.by(), null)).to(SUPERSEDED, e.by(), at))
        .refuse(EnumSet.of(LIVE), DeploymentEvent.Superseded.class, Refusal.ALREADY_PASSED)
        .row(
            UNDER_WAY,
            DeploymentEvent.CancelRequested.class,
            CANCELLED,
            (d, e, at) ->
                d.with(new Deployment.Outcome(cancelled(e), null)).to(CANCELLED, cancelled(e), at))
        .refuse(EnumSet.of(LIVE), DeploymentEvent.CancelRequested.class, Refusal.ALREADY_PASSED)
        .row(
            EnumSet.of(LIVE),
            DeploymentEvent.Replaced.class,
            RETIRED,
            (d, e, at) -> d.to(RETIRED, "replaced by deployment " + e.bySeq(), at).with(e.drain()))
        .refuse(UNDER_WAY, DeploymentEvent.Replaced.class, Refusal.NOT_LIVE)
        .same(
            ALL,
            DeploymentEvent.RolloutRemoved.class,
            (d, e, at) -> d.with(d.rollout().existing(false)));
  }

  private static String cancelled(DeploymentEvent.CancelRequested e) {
    return "cancelled by " + e.by();
  }

  /** The deployment after the event. */
  public static Deployment apply(Deployment d, DeploymentEvent event, Instant at) {
    return TABLE.apply(d, event, at);
  }

  /** The rules as a table. */
  public static Transitions<DeploymentState, Deployment, DeploymentEvent> transitions() {
    return TABLE;
  }

  /** What has to be done next for this deployment, as its stored state says. */
  public static DeploymentEffect next(Deployment d) {
    return switch (d.state()) {
      case REQUESTED -> DeploymentEffect.ANNOUNCE;
      case ANNOUNCED -> DeploymentEffect.ROLL_OUT;
      case ROLLING_OUT -> DeploymentEffect.AWAIT_PODS;
      case READY -> DeploymentEffect.SWITCH_TRAFFIC;
      case FAILED, SUPERSEDED, CANCELLED ->
          d.rollout().mayExist() ? DeploymentEffect.REMOVE_ROLLOUT : DeploymentEffect.NONE;
      case LIVE -> d.awaitsConfirmation() ? DeploymentEffect.CONFIRM : DeploymentEffect.NONE;
      case RETIRED -> DeploymentEffect.NONE;
    };
  }
}
