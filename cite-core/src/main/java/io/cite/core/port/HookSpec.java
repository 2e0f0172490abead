package io.cite.core.port;

import io.cite.core.domain.service.Secret;
import java.util.Set;

/**
 * A hook as it shall be.
 *
 * @param url where deliveries go; the hook is found by it
 * @param events names such as {@code push}
 * @param secret what the source host signs the deliveries with
 */
public record HookSpec(String url, Set<String> events, Secret secret) {
  /** A hook with a set of events that nobody changes any more. */
  public HookSpec {
    events = Set.copyOf(events);
  }
}
