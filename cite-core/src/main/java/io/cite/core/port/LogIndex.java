package io.cite.core.port;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where pod logs are kept and searched: Elasticsearch, checked with Kibana. */
public interface LogIndex {

  /**
   * Makes sure that the namespace's logs are indexed and can be viewed: an index template for
   * {@code {namespace}-*} and a data view.
   *
   * @return whether this call made anything
   * @throws io.cite.core.error.Upstream if it cannot be made
   */
  boolean ensureIndex(Namespace namespace);

  /** Removes template and data view, not the logs; does nothing if there is none. */
  void removeIndex(Namespace namespace);

  /**
   * Log lines of an environment that match, oldest first.
   *
   * @param text words that must occur; null for all lines
   * @param since only lines younger than this; null for all
   * @param limit at most so many of the last lines
   */
  List<LogLine> search(
      EnvironmentId environment, @Nullable String text, @Nullable Instant since, int limit);
}
