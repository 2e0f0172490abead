package io.cite.core.engine.service;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildOrigin;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.domain.service.StepRecord.CreateStep;
import io.cite.core.domain.service.StepRecord.Progress;
import io.cite.core.domain.source.CommitId;
import io.cite.core.engine.builds.FirstBuild;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.StaleRead;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.BranchHead;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.repository.RepositoryIdentity;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.port.InstantSource;
import io.cite.core.port.LogIndex;
import io.cite.core.port.source.HeadAnswer;
import io.cite.core.port.source.Repositories;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a creation, each idempotent: it finds what is there and adopts it. And how each is
 * taken back: only what no other service needs.
 */
public final class CreateSteps {
  /** What a step came to. */
  record Result(Progress progress, String detail) {
    static Result made(boolean made, String what) {
      return new Result(made ? Progress.DONE : Progress.ADOPTED, what);
    }
  }

  private final Records records;
  private final Repositories repositories;
  private final RepositorySteps repositorySteps;
  private final ClusterSteps clusterSteps;
  private final @Nullable LogIndex logIndex;
  private final InstantSource clock;
  private final CreateSettings settings;
  private final FirstBuild firstBuild;
  private final SharedResources lastOne;

  public CreateSteps(
      Records records,
      Repositories repositories,
      RepositorySteps repositorySteps,
      ClusterSteps clusterSteps,
      @Nullable LogIndex logIndex,
      InstantSource clock,
      CreateSettings settings,
      FirstBuild firstBuild) {
    this.records = records;
    this.repositories = repositories;
    this.repositorySteps = repositorySteps;
    this.clusterSteps = clusterSteps;
    this.logIndex = logIndex;
    this.clock = clock;
    this.settings = settings;
    this.firstBuild = firstBuild;
    this.lastOne = new SharedResources(records);
  }

  /** Carries out a step. */
  Result perform(CreateStep step, ServiceRecord record) {
    ServiceSettings service = record.settings();
    boolean atHost = step == CreateStep.WEBHOOKS || step == CreateStep.COLLABORATOR;
    if (atHost && record.state() == ServiceState.DEGRADED) {
      requireSame(service);
    }
    return switch (step) {
      case NAMESPACE -> clusterSteps.namespace(service);
      case LOG_INDEX -> logIndex(service);
      case WEBHOOKS -> repositorySteps.webhooks(service);
      case COLLABORATOR -> repositorySteps.collaborator(service);
      case SERVICE_METADATA -> serviceMetadata(service);
      case BRANCH_METADATA -> branchMetadata(service);
      case KUBERNETES_SERVICE -> kubernetesService(record);
    };
  }

  /** The name of the repository may have another repository since the service was created. */
  private void requireSame(ServiceSettings service) {
    long now = repositories.get(service.repository()).id();
    if (now != service.repositoryId()) {
      throw new Conflict(
          ErrorCode.REPOSITORY_REPLACED,
          RepositoryIdentity.another(service.repository(), now, service.repositoryId()));
    }
  }

  private Result logIndex(ServiceSettings service) {
    LogIndex index = logIndex;
    if (index == null) {
      return new Result(Progress.SKIPPED, "no log index is configured");
    }
    boolean made = index.ensureIndex(service.id().namespace());
    return Result.made(made, "index template for " + service.id().namespace() + "-*");
  }

  private Result serviceMetadata(ServiceSettings service) {
    boolean made = records.write().create(Keys.service(service.id()), service).commit();
    if (!made && records.get(Keys.service(service.id())).isEmpty()) {
      throw new StaleRead();
    }
    return Result.made(made, Keys.service(service.id()).path());
  }

  private Result branchMetadata(ServiceSettings service) {
    var environment = service.environment(service.branch(), service.createdAt());
    EnvironmentId id = environment.id();
    HeadAnswer head = repositories.headSince(service.repository(), service.branch(), null);
    EnvironmentState fresh = EnvironmentState.fresh(id).withHead(head.head());
    boolean made =
        records
            .write()
            .create(Keys.environment(id), environment)
            .create(Keys.environmentState(id), fresh)
            .put(Keys.head(id), new BranchHead(id, head.etag(), head.head()))
            .commit();
    if (!made && records.get(Keys.environment(id)).isEmpty()) {
      throw new StaleRead();
    }
    return Result.made(made, Keys.environment(id).path());
  }

  private Result kubernetesService(ServiceRecord record) {
    Result result = clusterSteps.kubernetesService(record);
    buildHead(record, new EnvironmentId(record.settings().id(), record.settings().branch()));
    return result;
  }

  /**
   * Orders a build of the head. Nobody pushes what was there before the service; and a push while
   * the hooks were not there yet has notified nobody.
   */
  private void buildHead(ServiceRecord record, EnvironmentId id) {
    ServiceSettings service = record.settings();
    CommitId begun = record.head();
    CommitId head = repositories.head(service.repository(), id.branch()).orElse(null);
    if (head == null
        || records.list(Keys.buildsOf(id)).stream()
            .anyMatch(b -> b.value().commit().equals(head))) {
      return;
    }
    Versioned<EnvironmentState> state =
        records.get(Keys.environmentState(id)).orElseThrow(StaleRead::new);
    if (begun != null && !head.equals(begun)) {
      buildMissed(id, state, head);
    } else if (service.autoDeploy()) {
      Records.Write write = records.write();
      EnvironmentState next =
          firstBuild.order(write, service.repository(), state.value(), head, record.requestedBy());
      write.replace(state, next).commitOrRetry();
    }
  }

  private void buildMissed(EnvironmentId id, Versioned<EnvironmentState> state, CommitId head) {
    EnvironmentState next = state.value().nextBuild().withHead(head);
    Instant now = clock.instant();
    Build missed =
        Build.queued(
            id,
            next.lastBuild(),
            head,
            BuildOrigin.SWEEP,
            "pushed while the service was created",
            0,
            now,
            now.plus(settings.buildTimeout()));
    records
        .write()
        .replace(state, next)
        .create(Keys.build(id, next.lastBuild()), missed)
        .commitOrRetry();
  }

  private boolean isSame(ServiceSettings service) {
    return repositories.get(service.repository()).id() == service.repositoryId();
  }

  /** Takes back a step, as far as no other service needs what it made. */
  void undo(CreateStep step, ServiceSettings service) {
    ServiceId id = service.id();
    switch (step) {
      case KUBERNETES_SERVICE ->
          clusterSteps.removeEnvironment(new EnvironmentId(id, service.branch()));
      case BRANCH_METADATA -> {
        // it went with its environment, which is deleted first
      }
      case SERVICE_METADATA -> records.write().remove(Keys.service(id)).commitOrRetry();
      case COLLABORATOR -> {
        if (lastOne.ofRepository(service) && isSame(service)) {
          repositorySteps.removeCollaborator(service.repository());
        }
      }
      case WEBHOOKS -> {
        if (lastOne.ofRepository(service)) {
          repositorySteps.removeHooks(service.repository());
        }
      }
      case LOG_INDEX -> {
        @Nullable LogIndex index = logIndex;
        if (index != null && lastOne.ofNamespace(service)) {
          index.removeIndex(id.namespace());
        }
      }
      case NAMESPACE -> {
        if (lastOne.ofNamespace(service)) {
          clusterSteps.removeNamespace(id.namespace());
          records.write().remove(Keys.namespace(id.namespace())).commitOrRetry();
        }
      }
    }
  }
}
