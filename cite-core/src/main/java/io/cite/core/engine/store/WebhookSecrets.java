package io.cite.core.engine.store;

import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.HookId;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.RepositoryRecord;
import io.cite.core.engine.record.schema.SealingContext;
import io.cite.core.engine.record.schema.WebhookRecord;
import io.cite.core.port.SecretSealer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The secrets of the webhooks that CITE made. Thread-safe. */
public final class WebhookSecrets {
  private final Records records;
  private final SecretSealer sealer;

  WebhookSecrets(Records records, SecretSealer sealer) {
    this.records = records;
    this.sealer = sealer;
  }

  /** The secret of a webhook, and the repository that the webhook was made for. */
  public record WebhookSecret(long repositoryId, Secret secret) {}

  /** The secret of the webhook with this number; empty for one that CITE did not make. */
  public Optional<WebhookSecret> ofHook(HookId id) {
    return records.get(Keys.hook(id)).map(Versioned::value).map(this::open);
  }

  /**
   * The secrets of a repository's webhooks, also of one whose number is not stored yet: the secret
   * is stored before the webhook is made.
   *
   * @param repositoryId empty for all repositories whose webhook has no number yet
   */
  public List<WebhookSecret> ofRepository(OptionalLong repositoryId) {
    return records.list(Keys.REPOSITORIES).stream()
        .map(Versioned::value)
        .filter(
            repository ->
                repositoryId.isPresent()
                    ? repository.id() == repositoryId.getAsLong()
                    : repository.hookId() == null)
        .map(this::open)
        .toList();
  }

  private WebhookSecret open(WebhookRecord hook) {
    return new WebhookSecret(hook.repositoryId(), sealer.open(hook.sealedSecret(), hook.context()));
  }

  private WebhookSecret open(RepositoryRecord repository) {
    return new WebhookSecret(
        repository.id(),
        sealer.open(repository.sealedHookSecret(), SealingContext.hook(repository.repository())));
  }
}
