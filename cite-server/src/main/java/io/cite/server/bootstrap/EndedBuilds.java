package io.cite.server.bootstrap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cite.core.domain.build.Build;
import io.cite.core.engine.StateChanges;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line into the leader's log for each build that ends, once although changes may come
 * twice.
 */
final class EndedBuilds {
  private static final Logger LOG = LoggerFactory.getLogger(EndedBuilds.class);
  private static final int MEMORY = 10_000;

  private final BooleanSupplier isLeading;
  private final Cache<String, Boolean> said = Caffeine.newBuilder().maximumSize(MEMORY).build();

  EndedBuilds(BooleanSupplier isLeading) {
    this.isLeading = isLeading;
  }

  void log(StateChanges.Change change) {
    Build build = change.build();
    if (build == null || !build.state().isFinal() || !isLeading.getAsBoolean()) {
      return;
    }
    String name = "Build " + build.number() + " of " + build.environment();
    if (said.asMap().putIfAbsent(name, Boolean.TRUE) == null) {
      LOG.info(
          "{} ended: {}, commit {}.",
          name,
          build.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          build.commit().abbreviated());
    }
  }
}
