package io.cite.server.web;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.engine.store.Revisioned;
import io.cite.core.engine.store.Stores;
import io.cite.server.web.view.EnvironmentStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of an environment, as much as a line of a list needs.
 *
 * @param live the deployment that has the traffic; null before the first
 * @param last the newest deployment; null before the first
 * @param lastBuild the newest build; null before the first
 */
record EnvironmentFacts(
    EnvironmentSettings settings,
    EnvironmentState state,
    @Nullable Deployment live,
    @Nullable Deployment last,
    @Nullable Build lastBuild) {

  /** Reads an environment from the store; empty if it is gone. */
  static Optional<EnvironmentFacts> read(Stores stores, EnvironmentSettings settings) {
    EnvironmentId id = settings.id();
    return stores
        .environments()
        .findState(id)
        .map(Revisioned::value)
        .map(
            state ->
                new EnvironmentFacts(
                    settings,
                    state,
                    deployment(stores, id, state.live()),
                    deployment(stores, id, state.lastSeq()),
                    stores
                        .builds()
                        .find(id, state.lastBuild())
                        .map(Revisioned::value)
                        .orElse(null)));
  }

  private static @Nullable Deployment deployment(
      Stores stores, EnvironmentId id, @Nullable Long seq) {
    return seq == null || seq == 0
        ? null
        : stores.deployments().find(id, seq).map(Revisioned::value).orElse(null);
  }

  EnvironmentId id() {
    return settings.id();
  }

  /** The deployment that is on its way to become live; null if none is. */
  @Nullable Deployment underWay() {
    return last != null && last.state().isUnderWay() ? last : null;
  }

  /** The build that has not ended; null if the newest one has. */
  @Nullable Build building() {
    return lastBuild != null && !lastBuild.state().isFinal() ? lastBuild : null;
  }

  /** The newest deployment if it failed; null if it did not. */
  @Nullable Deployment failedDeployment() {
    return last != null && last.state() == DeploymentState.FAILED ? last : null;
  }

  /** The newest build if it failed; null if it did not. */
  @Nullable Build failedBuild() {
    return lastBuild != null && lastBuild.state().isFailure() ? lastBuild : null;
  }

  /** Why something did not work the last time it was tried; null if it worked. */
  @Nullable String failure() {
    if (live != null && live.hasNoEndpoints()) {
      return live.cause();
    }
    Deployment deployment = failedDeployment();
    Build build = failedBuild();
    if (deployment != null && (build == null || isNewer(deployment, build))) {
      return deployment.cause();
    }
    return build == null ? null : build.cause();
  }

  private static boolean isNewer(Deployment deployment, Build build) {
    return deployment.timeline().requestedAt().isAfter(build.times().requestedAt());
  }

  /** The one word for it. */
  EnvironmentStatus status() {
    if (state.deleting()) {
      return EnvironmentStatus.DELETING;
    }
    if (underWay() != null) {
      return EnvironmentStatus.DEPLOYING;
    }
    if (building() != null) {
      return EnvironmentStatus.BUILDING;
    }
    boolean failed =
        (live != null && live.hasNoEndpoints())
            || failedDeployment() != null
            || failedBuild() != null;
    if (failed || state.notes() != null) {
      return EnvironmentStatus.ATTENTION;
    }
    if (state.pinnedBy() != null) {
      return EnvironmentStatus.PINNED;
    }
    return live == null ? EnvironmentStatus.EMPTY : EnvironmentStatus.LIVE;
  }
}
