package io.cite.core.engine.service;

import io.cite.core.domain.service.Secret;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.service.StepRecord.Progress;
import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.StaleRead;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.RepositoryRecord;
import io.cite.core.engine.record.schema.SealingContext;
import io.cite.core.engine.record.schema.WebhookRecord;
import io.cite.core.engine.service.CreateSteps.Result;
import io.cite.core.error.Upstream;
import io.cite.core.port.Builder;
import io.cite.core.port.HookSpec;
import io.cite.core.port.SecretSealer;
import io.cite.core.port.source.CollaboratorAnswer;
import io.cite.core.port.source.Collaborators;
import io.cite.core.port.source.HookAnswer;
import io.cite.core.port.source.Hooks;
import java.util.Optional;

/** The steps of a creation at the source host: the hooks of a repository and its collaborator. */
public final class RepositorySteps {
  private final Records records;
  private final Hooks hooks;
  private final Collaborators collaborators;
  private final Builder builder;
  private final SecretSealer sealer;
  private final CreateSettings settings;

  /** The steps at a source host; the builder says which hook it needs. */
  public RepositorySteps(
      Records records,
      Hooks hooks,
      Collaborators collaborators,
      Builder builder,
      SecretSealer sealer,
      CreateSettings settings) {
    this.records = records;
    this.hooks = hooks;
    this.collaborators = collaborators;
    this.builder = builder;
    this.sealer = sealer;
    this.settings = settings;
  }

  /** Makes the hooks of the builder and of CITE. */
  Result webhooks(ServiceSettings service) {
    RepositoryName repository = service.repository();
    HookAnswer builders = hooks.ensure(repository, builder.hook());
    Versioned<RepositoryRecord> known =
        records.get(Keys.repository(repository)).orElseThrow(StaleRead::new);
    Secret secret = sealer.open(known.value().sealedHookSecret(), SealingContext.hook(repository));
    HookAnswer own =
        hooks.ensure(repository, new HookSpec(settings.hookUrl(), settings.hookEvents(), secret));
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

  /** Invites the account that builds. */
  Result collaborator(ServiceSettings service) {
    String login = settings.collaborator();
    if (login == null) {
      return new Result(Progress.SKIPPED, "no account is configured");
    }
    CollaboratorAnswer answer = collaborators.ensure(service.repository(), login);
    return switch (answer) {
      case MEMBER -> new Result(Progress.ADOPTED, login + " is a collaborator");
      case ADDED -> new Result(Progress.DONE, login + " was added as a collaborator");
      case INVITED -> new Result(Progress.DEGRADED, "waiting for invitation of " + login);
    };
  }

  /** Takes back the collaborator. */
  void removeCollaborator(RepositoryName repository) {
    String login = settings.collaborator();
    if (login != null) {
      collaborators.remove(repository, login);
    }
  }

  /** Removes both hooks, and forgets the repository. */
  void removeHooks(RepositoryName repository) {
    try {
      hooks.remove(repository, builder.hook().url());
      hooks.remove(repository, settings.hookUrl());
    } catch (Upstream e) {
      if (e.isRetryable()) {
        throw e;
      }
      // the account may not touch the repository any more: its owner removes the hooks
    }
    Optional<Versioned<RepositoryRecord>> known = records.get(Keys.repository(repository));
    if (known.isPresent()) {
      Records.Write write = records.write().delete(known.get()).remove(Keys.hookCheck(repository));
      HookId hook = known.get().value().hookId();
      if (hook != null) {
        write.remove(Keys.hook(hook));
      }
      write.commitOrRetry();
    }
  }
}
