package io.cite.server.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.source.Permission;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.store.ServiceStore;
import io.cite.core.port.source.Repositories;
import io.cite.server.config.ApiToken.Verb;
import java.time.Duration;
import java.util.Locale;

/**
 * What the owner of a token may do with a repository at the source host, so that a token never may
 * more than its owner. Answers are remembered for a minute; if the host cannot be asked, the
 * request fails. Thread-safe.
 */
final class OwnerRights {
  private static final Duration MEMORY = Duration.ofSeconds(60);
  private static final int MAX_ANSWERS = 10_000;

  private final ServiceStore services;
  private final Repositories repositories;
  private final Cache<String, Permission> answers =
      Caffeine.newBuilder().maximumSize(MAX_ANSWERS).expireAfterWrite(MEMORY).build();

  private final Cache<String, Long> numbers =
      Caffeine.newBuilder().maximumSize(MAX_ANSWERS).expireAfterWrite(MEMORY).build();

  OwnerRights(ServiceStore services, Repositories repositories) {
    this.services = services;
    this.repositories = repositories;
  }

  /**
   * Whether the login may do this to the service's repository; not if there is no service, or if
   * the repository's name has another repository now, whose people have no say here.
   */
  boolean includes(String login, ServiceId service, Verb verb) {
    return services
        .find(service)
        .map(stored -> stored.value().settings())
        .map(settings -> isSame(settings) && includes(login, settings.repository(), verb))
        .orElse(false);
  }

  private boolean isSame(ServiceSettings service) {
    RepositoryName name = service.repository();
    Long known = numbers.getIfPresent(name.toString());
    if (known == null) {
      known = repositories.get(name).id();
      numbers.put(name.toString(), known);
    }
    return known == service.repositoryId();
  }

  /** Whether the login may do this to the repository. */
  boolean includes(String login, RepositoryName repository, Verb verb) {
    String key = login.toLowerCase(Locale.ROOT) + " " + repository;
    Permission known = answers.getIfPresent(key);
    if (known == null) {
      known = repositories.permission(repository, login);
      answers.put(key, known);
    }
    return known.includes(
        switch (verb) {
          case READ -> Permission.READ;
          case PUSH -> Permission.PUSH;
          case ADMIN -> Permission.ADMIN;
        });
  }
}
