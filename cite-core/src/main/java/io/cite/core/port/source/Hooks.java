package io.cite.core.port.source;

import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.port.HookSpec;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Webhooks and their deliveries. {@link SourceHost} says what holds for all roles. */
public interface Hooks {
  /**
   * Makes sure that the repository has exactly one hook with this URL, with these events, active,
   * with this secret: it is found by URL and then changed, or made.
   */
  HookAnswer ensure(RepositoryName repository, HookSpec hook);

  /** Removes the hooks with this URL; does nothing if there is none. */
  void remove(RepositoryName repository, String url);

  /** The URLs of the repository's hooks, whoever made them. */
  Set<String> urls(RepositoryName repository);

  /** Deliveries of a hook that failed since the given time, oldest first, each one once. */
  List<FailedDelivery> failedDeliveries(RepositoryName repository, HookId hook, Instant since);

  /** Asks the host to deliver again; {@code attempt} is the host's number of it. */
  void redeliver(RepositoryName repository, HookId hook, long attempt);
}
