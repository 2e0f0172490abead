package io.cite.core.domain.deploy;

import static io.cite.core.domain.deploy.DeploymentMachine.UNDER_WAY;
import static io.cite.core.domain.deploy.DeploymentState.LIVE;
import static io.cite.core.domain.deploy.DeploymentState.RETIRED;

import io.cite.core.domain.Transitions;
import io.cite.core.domain.deploy.DeploymentMachine.Refusal;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;

/**
 * The part of a deployment's life that comes after its traffic. Only a deployment that had the
 * traffic is drained, and each step of that counts once.
 */
final class DrainRules {
  private DrainRules() {}

  static void putInto(Transitions.Builder<DeploymentState, Deployment, DeploymentEvent> table) {
    table
        .same(
            EnumSet.of(RETIRED),
            DeploymentEvent.DrainPlanned.class,
            (d, e, at) -> d.drain() != null && d.drain().from() == null,
            Refusal.NOT_DRAINED_NOW,
            (d, e, at) -> d.with(Objects.requireNonNull(d.drain()).beginningAt(e.from())))
        .same(
            EnumSet.of(RETIRED),
            DeploymentEvent.Emptied.class,
            (d, e, at) -> d.drain() != null && d.drain().from() != null && !d.drain().isEmptied(),
            Refusal.NOT_DRAINED_NOW,
            (d, e, at) ->
                d.with(Objects.requireNonNull(d.drain()).emptied(at))
                    .noting("all of its pods were asked to end", at))
        .same(
            EnumSet.of(RETIRED),
            DeploymentEvent.Drained.class,
            (d, e, at) -> d.drain() != null && d.drain().isEmptied() && !d.drain().isOver(),
            Refusal.NOT_DRAINED_NOW,
            (d, e, at) ->
                d.with(Objects.requireNonNull(d.drain()).over(at))
                    .noting("drained: its pods from before the switch have ended", at))
        .same(
            EnumSet.of(RETIRED),
            DeploymentEvent.TakenAgain.class,
            (d, e, at) -> d.drain() != null,
            Refusal.NOT_DRAINED_NOW,
            (d, e, at) -> d.with((Drain) null))
        .same(
            EnumSet.of(LIVE),
            DeploymentEvent.FormerDrained.class,
            (d, e, at) -> d.noting(drained(e), at));
    for (Class<? extends DeploymentEvent> step :
        List.of(
            DeploymentEvent.DrainPlanned.class,
            DeploymentEvent.Emptied.class,
            DeploymentEvent.Drained.class,
            DeploymentEvent.TakenAgain.class)) {
      table.refuse(UNDER_WAY, step, Refusal.NOT_DRAINED_NOW);
      table.refuse(EnumSet.of(LIVE), step, Refusal.NOT_DRAINED_NOW);
    }
    table.refuse(UNDER_WAY, DeploymentEvent.FormerDrained.class, Refusal.NOT_LIVE);
  }

  private static String drained(DeploymentEvent.FormerDrained e) {
    return "drained: the pods of deployment "
        + e.seq()
        + " that had the traffic have ended, "
        + e.afterSwitch().toSeconds()
        + " s after the switch";
  }
}
