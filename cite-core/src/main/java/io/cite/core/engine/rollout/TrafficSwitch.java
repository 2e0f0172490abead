package io.cite.core.engine.rollout;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentEvent;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.deploy.Drain;
import io.cite.core.domain.deploy.Origin;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.store.EnvironmentSnapshot;
import io.cite.core.error.NotFound;
import io.cite.core.port.cluster.SwitchResult;
import io.cite.core.port.cluster.Traffic;
import io.cite.core.port.cluster.TrafficRouter;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives the traffic of an environment to a deployment: the only point of no return. */
final class TrafficSwitch {
  private final TrafficRouter router;
  private final Duration confirmTimeout;
  private final DeploymentWriter writer;

  TrafficSwitch(TrafficRouter router, Duration confirmTimeout, DeploymentWriter writer) {
    this.router = router;
    this.confirmTimeout = confirmTimeout;
    this.writer = writer;
  }

  /** Switches the traffic to a deployment whose pods are ready, unless a newer one has it. */
  void switchTo(EnvironmentSnapshot view, Versioned<Deployment> stored) {
    SwitchResult result;
    try {
      result = attempt(view, stored.value());
    } catch (NotFound e) {
      router.ensureService(view.id(), ports(view, stored.value()));
      result = attempt(view, stored.value());
    }
    if (result instanceof SwitchResult.Overtaken overtaken) {
      String by = "superseded by deployment " + overtaken.bySeq();
      writer.store(view, stored, writer.after(stored.value(), new DeploymentEvent.Superseded(by)));
    } else {
      becameLive(view, stored);
    }
  }

  private SwitchResult attempt(EnvironmentSnapshot view, Deployment d) {
    return router.switchTraffic(
        view.id(), d.seq(), DeploymentReconciler.rollout(d), ports(view, d));
  }

  private static ContainerPorts ports(EnvironmentSnapshot view, Deployment d) {
    return d.portsOr(view.service().value().ports());
  }

  /**
   * Ends a deployment, unless it turns out that it has the traffic already: a process may have
   * ended between the switch and its record.
   */
  void end(EnvironmentSnapshot view, Versioned<Deployment> stored, DeploymentEvent event) {
    Deployment d = stored.value();
    if (d.state() == DeploymentState.READY && hasTraffic(d)) {
      becameLive(view, stored);
    } else {
      writer.store(view, stored, writer.after(d, event));
    }
  }

  boolean hasTraffic(Deployment d) {
    Optional<Traffic> traffic = router.current(d.environment());
    return traffic.isPresent() && traffic.get().deploySeq() == d.seq();
  }

  private void becameLive(EnvironmentSnapshot view, Versioned<Deployment> stored) {
    DeploymentEvent switched = new DeploymentEvent.Switched(writer.now().plus(confirmTimeout));
    Deployment live = writer.after(stored.value(), switched);
    Records.Write write = writer.write();
    writer.replace(view, write, stored, live);
    write.replace(view.state(), view.state().value().withLive(live.seq()));
    for (Versioned<Deployment> other : view.deployments()) {
      Deployment d = other.value();
      if (d.state() == DeploymentState.LIVE) {
        write.replace(other, replaced(d, live));
      } else if (d.drain() != null && d.rolloutSeq() == live.rolloutSeq()) {
        write.replace(other, writer.after(d, new DeploymentEvent.TakenAgain()));
      }
    }
    write.commitOrRetry();
  }

  private Deployment replaced(Deployment d, Deployment by) {
    if (d.hasNoEndpoints()) {
      return writer.after(
          d, new DeploymentEvent.Failed(String.valueOf(d.cause()), d.outcome().evidence()));
    }
    @Nullable Drain drain =
        d.rolloutSeq() == by.rolloutSeq()
            ? null
            : Drain.awaitingConfirmation(by.origin() == Origin.ROLLBACK);
    return writer.after(d, new DeploymentEvent.Replaced(by.seq(), drain));
  }
}
