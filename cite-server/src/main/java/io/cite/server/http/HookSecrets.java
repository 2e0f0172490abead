package io.cite.server.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cite.adapters.github.WebhookSignature;
import io.cite.core.domain.service.Secret;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.RepositoryRecord;
import io.cite.core.engine.record.schema.SealingContext;
import io.cite.core.engine.record.schema.WebhookRecord;
import io.cite.core.error.Upstream;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.SecretSealer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a webhook is signed as it must be: with the secret of the hook that it names, or,
 * for a hook that CITE did not make, with the configured one. Known hooks are remembered, so a
 * delivery needs no read of the store. Thread-safe.
 */
final class HookSecrets {
  private static final int MAX_HOOKS = 100_000;
  private static final Duration MEMORY = Duration.ofMinutes(10);
  private static final Duration DOUBT = Duration.ofSeconds(10);

  private final Records records;
  private final SecretSealer sealer;
  private final List<Secret> configured;
  private final Cache<Long, Known> known =
      Caffeine.newBuilder().maximumSize(MAX_HOOKS).expireAfterWrite(MEMORY).build();

  private final Cache<Long, Boolean> foreignHooks =
      Caffeine.newBuilder().maximumSize(MAX_HOOKS).expireAfterWrite(DOUBT).build();

  private record Known(long repositoryId, List<Secret> secrets) {}

  /**
   * Whose signature it is.
   *
   * @param repositoryId the repository that the hook was made for; null for a hook that CITE did
   *     not make
   */
  record Signer(@Nullable Long repositoryId) {}

  HookSecrets(MetadataStore store, SecretSealer sealer, List<Secret> configured) {
    this.records = new Records(store);
    this.sealer = sealer;
    this.configured = List.copyOf(configured);
  }

  /**
   * Who signed the body; empty where nobody did who may.
   *
   * @param hookId the hook's number, as the delivery says
   * @param repositoryId whose hook it is, as the delivery says; empty where it does not
   * @throws Upstream where the store has to be asked and does not answer
   */
  Optional<Signer> signer(
      OptionalLong hookId, OptionalLong repositoryId, byte[] body, @Nullable String signature) {
    if (signature == null) {
      return Optional.empty();
    }
    Known remembered = hookId.isPresent() ? known.getIfPresent(hookId.getAsLong()) : null;
    if (remembered != null && WebhookSignature.matches(body, signature, remembered.secrets())) {
      return Optional.of(new Signer(remembered.repositoryId()));
    }
    boolean foreign = hookId.isEmpty() || foreignHooks.getIfPresent(hookId.getAsLong()) != null;
    if (foreign && WebhookSignature.matches(body, signature, configured)) {
      return Optional.of(new Signer(null));
    }
    return hookId.isEmpty()
        ? Optional.empty()
        : lookedUp(hookId.getAsLong(), repositoryId, body, signature);
  }

  private Optional<Signer> lookedUp(
      long hookId, OptionalLong repositoryId, byte[] body, String signature) {
    Known stored =
        records.get(Keys.hook(hookId)).map(Versioned::value).map(this::open).orElse(null);
    if (stored == null) {
      foreignHooks.put(hookId, true);
      if (WebhookSignature.matches(body, signature, configured)) {
        return Optional.of(new Signer(null));
      }
    } else {
      known.put(hookId, stored);
      if (WebhookSignature.matches(body, signature, stored.secrets())) {
        return Optional.of(new Signer(stored.repositoryId()));
      }
    }
    return firstWords(repositoryId, body, signature);
  }

  /**
   * A hook's first words may be faster than the record of its number, also of a hook that was made
   * again or that was noted while we looked. The repository's secret was stored before.
   */
  private Optional<Signer> firstWords(OptionalLong repositoryId, byte[] body, String signature) {
    return records.list(Keys.REPOSITORIES).stream()
        .map(Versioned::value)
        .filter(
            repository ->
                repositoryId.isPresent()
                    ? repository.id() == repositoryId.getAsLong()
                    : repository.hookId() == null)
        .filter(repository -> WebhookSignature.matches(body, signature, List.of(open(repository))))
        .findFirst()
        .map(repository -> new Signer(repository.id()));
  }

  private Known open(WebhookRecord hook) {
    return new Known(
        hook.repositoryId(), List.of(sealer.open(hook.sealedSecret(), hook.context())));
  }

  private Secret open(RepositoryRecord repository) {
    return sealer.open(repository.sealedHookSecret(), SealingContext.hook(repository.repository()));
  }
}
