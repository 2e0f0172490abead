package io.cite.core.engine.record.schema;

import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.RepositoryName;
import org.jspecify.annotations.Nullable;

/**
 * A repository that services are made from.
 *
 * @param sealedHookSecret secret of CITE's hook, kept before the hook is made
 * @param hookId number of CITE's hook; null until it is made
 */
public record RepositoryRecord(
    RepositoryName repository, long id, String sealedHookSecret, @Nullable HookId hookId) {
  /** With the number of CITE's hook. */
  public RepositoryRecord withHook(HookId hook) {
    return new RepositoryRecord(repository, id, sealedHookSecret, hook);
  }
}
