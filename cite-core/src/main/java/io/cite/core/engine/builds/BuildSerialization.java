package io.cite.core.engine.builds;

import io.cite.core.domain.build.Build;
import io.cite.core.engine.record.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Builds of one commit take turns. Its statuses do not say which build they speak of, so only the
 * oldest open one reads them, and the builder is asked for the next one when that one is over, or
 * was stopped.
 */
public final class BuildSerialization {
  private BuildSerialization() {}

  /**
   * The open builds whose turn it is, one of each commit, as they are to be read: what was seen of
   * earlier ones is not theirs.
   *
   * @param builds all builds, oldest first
   */
  public static List<Versioned<Build>> inTurn(List<Versioned<Build>> builds, Duration timeout) {
    return builds.stream()
        .filter(build -> !build.value().state().isFinal())
        .filter(build -> isItsTurn(builds, build.value()))
        .map(
            build ->
                new Versioned<>(
                    build.key(),
                    after(earlier(builds, build.value()), build.value(), timeout),
                    build.createRevision(),
                    build.revision()))
        .toList();
  }

  /** Whether all earlier builds of the commit are over, and none waits for the builder to stop. */
  static boolean isItsTurn(List<Versioned<Build>> builds, Build build) {
    return earlier(builds, build).stream()
        .allMatch(other -> other.state().isFinal() && !other.awaitsStop());
  }

  /** The builds of the same commit that were ordered before. */
  static List<Build> earlier(List<Versioned<Build>> builds, Build build) {
    return builds.stream()
        .map(Versioned::value)
        .filter(other -> other.number() < build.number())
        .filter(other -> other.commit().equals(build.commit()))
        .toList();
  }

  private static Build after(List<Build> earlier, Build build, Duration timeout) {
    Instant turn =
        earlier.stream()
            .map(
                other ->
                    other.times().endedAt() == null
                        ? other.times().requestedAt()
                        : other.times().endedAt())
            .max(Instant::compareTo)
            .orElse(build.times().requestedAt());
    return build.after(CommitStatuses.floor(earlier), turn, timeout);
  }
}
