package io.cite.core.usecase.deploy;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.Origin;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.store.Environments;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Gives a deployment the next number of its environment and stores it. */
final class DeploymentOrder {
  private final Records records;
  private final Environments environments;
  private final EngineSettings settings;

  DeploymentOrder(Records records, EngineSettings settings) {
    this.records = records;
    this.environments = new Environments(records);
    this.settings = settings;
  }

  /** Refuses environments that do not exist or take no orders. */
  void check(EnvironmentId id) {
    environments.state(id);
  }

  Deployment place(
      EnvironmentId id,
      CommitId commit,
      ImageReference image,
      Origin origin,
      String by,
      @Nullable Long build,
      @Nullable Long rollout,
      Instant now,
      BiFunction<EnvironmentState, Records.Write, EnvironmentState> also) {
    for (int attempt = 0; attempt < Environments.ATTEMPTS; attempt++) {
      Versioned<EnvironmentState> state = environments.state(id);
      EnvironmentSettings environment = environments.settings(id).value();
      Records.Write write = records.write();
      EnvironmentState next = also.apply(state.value().nextSeq(), write);
      Deployment deployment =
          Deployment.requested(
              id,
              next.lastSeq(),
              rollout == null ? next.lastSeq() : rollout,
              commit,
              image,
              origin,
              by,
              build,
              environment.replicas().count(),
              now,
              now.plus(settings.rolloutTimeout()));
      boolean stored =
          write
              .replace(state, next)
              .create(Keys.deployment(id, deployment.seq()), deployment)
              .commit();
      if (stored) {
        return deployment;
      }
    }
    throw new Conflict(
        ErrorCode.PRECONDITION_FAILED,
        "The environment " + id + " was changed at the same time. Try again.");
  }
}
