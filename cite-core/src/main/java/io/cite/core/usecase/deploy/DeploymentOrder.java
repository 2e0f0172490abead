package io.cite.core.usecase.deploy;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.Origin;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.engine.store.DeploymentStore;
import io.cite.core.engine.store.EnvironmentStore;
import io.cite.core.engine.store.Revisioned;
import io.cite.core.engine.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Gives a deployment the next number of its environment and stores it. Thread-safe. */
public final class DeploymentOrder {
  private final EnvironmentStore environments;
  private final DeploymentStore deployments;
  private final Duration rolloutTimeout;

  /**
   * Orders deployments in these stores.
   *
   * @param rolloutTimeout how long a deployment may take to get ready
   */
  public DeploymentOrder(
      EnvironmentStore environments, DeploymentStore deployments, Duration rolloutTimeout) {
    this.environments = environments;
    this.deployments = deployments;
    this.rolloutTimeout = rolloutTimeout;
  }

  /**
   * What is to be deployed.
   *
   * @param build number of the build that made the image; null if that is not known
   * @param rollout number of the rollout to use; null for a new one
   * @param ports on which its pods take traffic
   * @param reason why, in words; null if nobody said
   */
  record Wanted(
      CommitId commit,
      ImageReference image,
      Origin origin,
      String by,
      @Nullable Long build,
      @Nullable Long rollout,
      ContainerPorts ports,
      @Nullable String reason) {}

  /** Puts the deployment into the transaction, and the changed state of its environment. */
  Deployment place(
      Transaction transaction,
      Revisioned<EnvironmentState> state,
      Wanted wanted,
      UnaryOperator<EnvironmentState> also,
      Instant now) {
    EnvironmentId id = state.value().id();
    EnvironmentState next = also.apply(state.value().nextSeq());
    Deployment requested =
        Deployment.requested(
            new Deployment.Identity(
                id,
                next.lastSeq(),
                wanted.rollout() == null ? next.lastSeq() : wanted.rollout(),
                wanted.commit(),
                wanted.image(),
                wanted.origin(),
                wanted.by(),
                wanted.build(),
                wanted.ports()),
            environments.settings(id).value().replicas().count(),
            now,
            now.plus(rolloutTimeout));
    Deployment deployment =
        wanted.reason() == null ? requested : explained(requested, wanted.reason());
    deployments.create(transaction.replace(state, next), deployment);
    return deployment;
  }

  private static Deployment explained(Deployment requested, String reason) {
    return new Deployment(
        requested.identity(),
        requested.state(),
        requested.cancelRequestedBy(),
        requested.host(),
        requested.rollout(),
        requested.outcome(),
        requested.timeline().explainedBy(reason),
        requested.deadlines(),
        requested.drain());
  }
}
