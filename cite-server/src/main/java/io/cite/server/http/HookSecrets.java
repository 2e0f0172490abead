package io.cite.server.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cite.adapters.github.WebhookSignature;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.HookId;
import io.cite.core.engine.store.WebhookSecrets;
import io.cite.core.engine.store.WebhookSecrets.WebhookSecret;
import io.cite.core.error.Upstream;
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

  private final WebhookSecrets own;
  private final List<Secret> configured;
  private final Cache<HookId, WebhookSecret> known =
      Caffeine.newBuilder().maximumSize(MAX_HOOKS).expireAfterWrite(MEMORY).build();

  private final Cache<HookId, Boolean> foreignHooks =
      Caffeine.newBuilder().maximumSize(MAX_HOOKS).expireAfterWrite(DOUBT).build();

  /**
   * Whose signature it is.
   *
   * @param repositoryId the repository that the hook was made for; null for a hook that CITE did
   *     not make
   */
  record Signer(@Nullable Long repositoryId) {}

  HookSecrets(WebhookSecrets own, List<Secret> configured) {
    this.own = own;
    this.configured = List.copyOf(configured);
  }

  /**
   * The hook whose secret signed the body, or empty if no known secret matches.
   *
   * @param hook the hook's number, as the delivery says
   * @param repositoryId whose hook it is, as the delivery says; empty if it does not
   * @throws Upstream if the store has to be asked and does not answer
   */
  Optional<Signer> signer(
      Optional<HookId> hook, OptionalLong repositoryId, byte[] body, @Nullable String signature) {
    if (signature == null) {
      return Optional.empty();
    }
    WebhookSecret remembered = hook.isPresent() ? known.getIfPresent(hook.get()) : null;
    if (remembered != null
        && WebhookSignature.matches(body, signature, List.of(remembered.secret()))) {
      return Optional.of(new Signer(remembered.repositoryId()));
    }
    boolean foreign = hook.isEmpty() || foreignHooks.getIfPresent(hook.get()) != null;
    if (foreign && WebhookSignature.matches(body, signature, configured)) {
      return Optional.of(new Signer(null));
    }
    return hook.isEmpty() ? Optional.empty() : lookedUp(hook.get(), repositoryId, body, signature);
  }

  private Optional<Signer> lookedUp(
      HookId hook, OptionalLong repositoryId, byte[] body, String signature) {
    WebhookSecret stored = own.ofHook(hook).orElse(null);
    if (stored == null) {
      foreignHooks.put(hook, true);
      if (WebhookSignature.matches(body, signature, configured)) {
        return Optional.of(new Signer(null));
      }
    } else {
      known.put(hook, stored);
      if (WebhookSignature.matches(body, signature, List.of(stored.secret()))) {
        return Optional.of(new Signer(stored.repositoryId()));
      }
    }
    return firstWords(repositoryId, body, signature);
  }

  /**
   * A hook's first words may be faster than the record of its number, also of a hook that was made
   * again or that was noted meanwhile. The repository's secret was stored before.
   */
  private Optional<Signer> firstWords(OptionalLong repositoryId, byte[] body, String signature) {
    return own.ofRepository(repositoryId).stream()
        .filter(found -> WebhookSignature.matches(body, signature, List.of(found.secret())))
        .findFirst()
        .map(found -> new Signer(found.repositoryId()));
  }
}
