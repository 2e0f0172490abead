package io.cite.core.domain.deploy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment waits for, and until when.
 *
 * @param rollout when the rollout is given up
 * @param confirmation until when one of its pods must take traffic after the switch; null before
 *     the switch and once one does
 * @param recheck when to make sure that the source host has it once and as it is, because a leader
 *     that lost its term meanwhile may have reported something to it; null if that cannot be
 */
public record Deadlines(
    Instant rollout, @Nullable Instant confirmation, @Nullable Instant recheck) {
  Deadlines confirmedBy(@Nullable Instant until) {
    return new Deadlines(rollout, until, recheck);
  }

  Deadlines recheckedAt(@Nullable Instant at) {
    return new Deadlines(rollout, confirmation, at);
  }
}
