package io.cite.core.engine.record.schema;

import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.RepositoryName;

/** A hook that CITE made, with its sealed secret. */
public record WebhookRecord(
    HookId id, RepositoryName repository, long repositoryId, String sealedSecret) {
  /** What its secret is sealed with. */
  public String context() {
    return SealingContext.hook(repository);
  }
}
