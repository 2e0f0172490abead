package io.cite.core.engine.store;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.error.NotFound;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The deployments of environments. Thread-safe. */
public final class DeploymentStore {
  private final Records records;

  DeploymentStore(Records records) {
    this.records = records;
  }

  /** Deployments of an environment, oldest first. */
  public List<Deployment> of(EnvironmentId id) {
    return records.list(Keys.deploymentsOf(id)).stream()
        .map(Versioned::value)
        .sorted(Comparator.comparingLong(Deployment::seq))
        .toList();
  }

  /** The deployment with this number. */
  public Optional<Revisioned<Deployment>> find(EnvironmentId id, long seq) {
    return records.get(Keys.deployment(id, seq)).map(Revisioned::new);
  }

  /**
   * The deployment with this number.
   *
   * @throws NotFound if there is none
   */
  public Revisioned<Deployment> get(EnvironmentId id, long seq) {
    return find(id, seq)
        .orElseThrow(() -> new NotFound("The environment " + id + " has no deployment " + seq));
  }

  /** Adds a deployment with a number that no deployment of its environment has. */
  public void create(Transaction transaction, Deployment deployment) {
    transaction
        .write()
        .create(Keys.deployment(deployment.environment(), deployment.seq()), deployment);
  }
}
