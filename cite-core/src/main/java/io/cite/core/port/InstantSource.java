package io.cite.core.port;

import java.time.Instant;

/** The clock. */
@FunctionalInterface
public interface InstantSource {
  /** The time now. */
  Instant instant();
}
