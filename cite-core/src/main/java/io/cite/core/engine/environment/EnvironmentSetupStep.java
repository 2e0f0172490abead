package io.cite.core.engine.environment;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.source.CommitId;
import io.cite.core.engine.builds.FirstBuild;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.store.EnvironmentSnapshot;
import io.cite.core.engine.store.EnvironmentStep;
import io.cite.core.engine.store.SealedVariables;
import io.cite.core.port.SecretSealer;
import io.cite.core.port.cluster.ClusterSecrets;
import io.cite.core.port.cluster.TrafficRouter;
import java.util.List;

/**
 * Makes in the cluster what an environment needs before its next rollout: the Kubernetes Service of
 * a new environment, and secret variables that were set or removed. With auto-deploy on, the head
 * of a new environment is built. Every part may be done again.
 */
public final class EnvironmentSetupStep implements EnvironmentStep {
  private final Records records;
  private final TrafficRouter router;
  private final ClusterSecrets secrets;
  private final SealedVariables variables;
  private final FirstBuild firstBuild;

  /** A step that works on these records. */
  public EnvironmentSetupStep(
      Records records,
      TrafficRouter router,
      ClusterSecrets secrets,
      SecretSealer sealer,
      FirstBuild firstBuild) {
    this.records = records;
    this.router = router;
    this.secrets = secrets;
    this.variables = new SealedVariables(sealer);
    this.firstBuild = firstBuild;
  }

  @Override
  public boolean step(EnvironmentSnapshot view) {
    Versioned<EnvironmentState> state = view.state();
    EnvironmentState.Setup setup = state.value().setup();
    if (setup == null) {
      return false;
    }
    EnvironmentId id = view.id();
    records.requireTerm();
    if (setup.isNew()) {
      ServiceSettings service = view.service().value();
      router.ensureService(id, service.ports());
      List<String> names = view.settings().value().secretNames();
      if (!names.isEmpty()) {
        secrets.copy(new EnvironmentId(service.id(), service.branch()), id, names);
      }
    }
    if (!setup.sealedSecrets().isEmpty()) {
      secrets.put(id, variables.open(id.service(), setup.sealedSecrets()));
    }
    if (!setup.removedSecrets().isEmpty()) {
      secrets.remove(id, setup.removedSecrets());
    }
    Records.Write write = records.write();
    write.replace(state, built(write, view, setup).setUp()).commitOrRetry();
    return true;
  }

  private EnvironmentState built(
      Records.Write write, EnvironmentSnapshot view, EnvironmentState.Setup setup) {
    EnvironmentState state = view.state().value();
    CommitId head = state.head();
    return setup.by() == null
            || head == null
            || !view.settings().value().autoDeploy()
            || !view.builds().isEmpty()
        ? state
        : firstBuild.order(write, view.service().value().repository(), state, head, setup.by());
  }
}
