package io.cite.core.engine.service;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildOrigin;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.service.StepRecord.CreateStep;
import io.cite.core.domain.service.StepRecord.Progress;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.StaleRead;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.BranchHead;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.RepositoryRecord;
import io.cite.core.engine.record.schema.SealingContext;
import io.cite.core.engine.record.schema.WebhookRecord;
import io.cite.core.engine.store.SealedVariables;
import io.cite.core.error.Upstream;
import io.cite.core.port.Builder;
import io.cite.core.port.Cluster;
import io.cite.core.port.InstantSource;
import io.cite.core.port.LogIndex;
import io.cite.core.port.SecretSealer;
import io.cite.core.port.SourceHost;
import io.cite.core.port.SourceHost.CollaboratorAnswer;
import io.cite.core.port.SourceHost.HeadAnswer;
import io.cite.core.port.SourceHost.HookAnswer;
import io.cite.core.port.SourceHost.HookSpec;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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
  private final SourceHost source;
  private final Builder builder;
  private final Cluster cluster;
  private final @Nullable LogIndex logIndex;
  private final SecretSealer sealer;
  private final InstantSource clock;
  private final CreateSettings settings;
  private final SharedResources lastOne;

  public CreateSteps(
      Records records,
      SourceHost source,
      Builder builder,
      Cluster cluster,
      @Nullable LogIndex logIndex,
      SecretSealer sealer,
      InstantSource clock,
      CreateSettings settings) {
    this.records = records;
    this.source = source;
    this.builder = builder;
    this.cluster = cluster;
    this.logIndex = logIndex;
    this.sealer = sealer;
    this.clock = clock;
    this.settings = settings;
    this.lastOne = new SharedResources(records);
  }

  /** Carries out a step. */
  Result perform(CreateStep step, ServiceRecord record) {
    ServiceSettings service = record.settings();
    return switch (step) {
      case NAMESPACE -> namespace(service);
      case LOG_INDEX -> logIndex(service);
      case WEBHOOKS -> webhooks(service);
      case COLLABORATOR -> collaborator(service);
      case SERVICE_METADATA -> serviceMetadata(service);
      case BRANCH_METADATA -> branchMetadata(service);
      case KUBERNETES_SERVICE -> kubernetesService(record);
    };
  }

  private Result namespace(ServiceSettings service) {
    var namespace = service.id().namespace();
    boolean made =
        cluster.ensureNamespace(
            namespace,
            service.repository().owner(),
            settings.adoptNamespaces().contains(namespace.value()));
    return Result.made(made, "namespace " + namespace);
  }

  private Result logIndex(ServiceSettings service) {
    LogIndex index = logIndex;
    if (index == null) {
      return new Result(Progress.SKIPPED, "no log index is configured");
    }
    boolean made = index.ensureIndex(service.id().namespace());
    return Result.made(made, "index template for " + service.id().namespace() + "-*");
  }

  private Result webhooks(ServiceSettings service) {
    RepositoryName repository = service.repository();
    HookAnswer builders = source.ensureHook(repository, builder.hook());
    Versioned<RepositoryRecord> known =
        records.get(Keys.repository(repository)).orElseThrow(StaleRead::new);
    Secret secret = sealer.open(known.value().sealedHookSecret(), SealingContext.hook(repository));
    HookAnswer own =
        source.ensureHook(
            repository, new HookSpec(settings.hookUrl(), settings.hookEvents(), secret));
    records
        .write()
        .replace(known, known.value().withHook(own.id()))
        .put(
            Keys.hook(own.id()),
            new WebhookRecord(
                own.id(), repository, known.value().id(), known.value().sealedHookSecret()))
        .commitOrRetry();
    return Result.made(
        own.created(), "webhooks " + builders.id() + " (builder) and " + own.id() + " (CITE)");
  }

  private Result collaborator(ServiceSettings service) {
    String login = settings.collaborator();
    if (login == null) {
      return new Result(Progress.SKIPPED, "no account is configured");
    }
    CollaboratorAnswer answer = source.ensureCollaborator(service.repository(), login);
    return switch (answer) {
      case MEMBER -> new Result(Progress.ADOPTED, login + " is a collaborator");
      case ADDED -> new Result(Progress.DONE, login + " was added as a collaborator");
      case INVITED -> new Result(Progress.DEGRADED, "waiting for invitation of " + login);
    };
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
    HeadAnswer head = source.headSince(service.repository(), service.branch(), null);
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
    ServiceSettings service = record.settings();
    EnvironmentId id = new EnvironmentId(service.id(), service.branch());
    if (!record.sealedSecrets().isEmpty()) {
      Map<String, Secret> secrets =
          new SealedVariables(sealer).open(service.id(), record.sealedSecrets());
      cluster.putSecrets(id, secrets);
    }
    boolean made = cluster.ensureService(id, service.ports());
    catchUp(record, id);
    return Result.made(made, "service " + id.name());
  }

  /**
   * A push while the hooks were not there yet has notified nobody: a build of its commit is
   * ordered.
   */
  private void catchUp(ServiceRecord record, EnvironmentId id) {
    CommitId begun = record.head();
    CommitId head = source.head(record.settings().repository(), id.branch()).orElse(null);
    if (begun == null || head == null || head.equals(begun)) {
      return;
    }
    if (records.list(Keys.buildsOf(id)).stream().anyMatch(b -> b.value().commit().equals(head))) {
      return;
    }
    Versioned<EnvironmentState> state =
        records.get(Keys.environmentState(id)).orElseThrow(StaleRead::new);
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

  /** Takes back a step, as far as no other service needs what it made. */
  void undo(CreateStep step, ServiceSettings service) {
    ServiceId id = service.id();
    switch (step) {
      case KUBERNETES_SERVICE -> cluster.removeEnvironment(new EnvironmentId(id, service.branch()));
      case BRANCH_METADATA -> {
        // it went with its environment, which is deleted first
      }
      case SERVICE_METADATA -> records.write().remove(Keys.service(id)).commitOrRetry();
      case COLLABORATOR -> {
        if (settings.collaborator() != null && lastOne.ofRepository(service)) {
          source.removeCollaborator(service.repository(), settings.collaborator());
        }
      }
      case WEBHOOKS -> {
        if (lastOne.ofRepository(service)) {
          removeHooks(service.repository());
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
          cluster.removeNamespaceIfUnused(id.namespace());
          records.write().remove(Keys.namespace(id.namespace())).commitOrRetry();
        }
      }
    }
  }

  private void removeHooks(RepositoryName repository) {
    try {
      source.removeHook(repository, builder.hook().url());
      source.removeHook(repository, settings.hookUrl());
    } catch (Upstream e) {
      if (e.isRetryable()) {
        throw e;
      }
      // the account may not touch the repository any more: its owner removes the hooks
    }
    Optional<Versioned<RepositoryRecord>> known = records.get(Keys.repository(repository));
    if (known.isPresent()) {
      Records.Write write = records.write().delete(known.get()).remove(Keys.hookCheck(repository));
      Long hook = known.get().value().hookId();
      if (hook != null) {
        write.remove(Keys.hook(hook));
      }
      write.commitOrRetry();
    }
  }
}
