package io.cite.core.engine.store;

import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.RepositoryRecord;
import io.cite.core.engine.record.schema.SealingContext;
import io.cite.core.engine.record.schema.WebhookRecord;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.SecretSealer;
import org.jspecify.annotations.Nullable;

/** Webhooks and repositories as the creation of a service leaves them. */
public final class StoredWebhooks {
  private final Records records;
  private final SecretSealer sealer;

  public StoredWebhooks(MetadataStore store, SecretSealer sealer) {
    this.records = new Records(store);
    this.sealer = sealer;
  }

  /** A webhook that was made. */
  public void webhook(long id, RepositoryName repository, long repositoryId, Secret secret) {
    String sealed = sealer.seal(secret, SealingContext.hook(repository));
    records
        .write()
        .put(
            Keys.hook(new HookId(id)),
            new WebhookRecord(new HookId(id), repository, repositoryId, sealed))
        .commit();
  }

  /** A repository; its webhook is not made yet where the number is null. */
  public void repository(
      RepositoryName repository, long id, @Nullable Long webhook, Secret secret) {
    String sealed = sealer.seal(secret, SealingContext.hook(repository));
    records
        .write()
        .put(
            Keys.repository(repository),
            new RepositoryRecord(
                repository, id, sealed, webhook == null ? null : new HookId(webhook)))
        .commit();
  }
}
