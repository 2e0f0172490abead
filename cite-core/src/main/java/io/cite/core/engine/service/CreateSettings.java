package io.cite.core.engine.service;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How services are created.
 *
 * @param hookUrl where GitHub delivers CITE's webhooks
 * @param hookEvents the events that the webhook is called for
 * @param collaborator login of the CITE account; null if none is to be added
 * @param adoptNamespaces namespaces that CITE may use though it did not make them
 * @param createTimeout how long a step of a creation is retried
 * @param buildTimeout how long the first build may show no progress
 */
public record CreateSettings(
    String hookUrl,
    Set<String> hookEvents,
    @Nullable String collaborator,
    Set<String> adoptNamespaces,
    Duration createTimeout,
    Duration buildTimeout) {
  public CreateSettings {
    hookEvents = Set.copyOf(hookEvents);
    adoptNamespaces = Set.copyOf(adoptNamespaces);
  }
}
