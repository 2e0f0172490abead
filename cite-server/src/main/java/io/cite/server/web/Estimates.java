package io.cite.server.web;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How long builds take. */
final class Estimates {
  private static final int SAMPLE = 10;

  private Estimates() {}

  /** The median of the last ten builds that succeeded; empty if none did. */
  static Optional<Duration> ofBuild(List<Build> oldestFirst) {
    List<Duration> times =
        oldestFirst.stream()
            .filter(build -> build.state() == BuildState.SUCCEEDED)
            .skip(
                Math.max(
                    0,
                    oldestFirst.stream()
                            .filter(build -> build.state() == BuildState.SUCCEEDED)
                            .count()
                        - SAMPLE))
            .map(Estimates::duration)
            .sorted()
            .toList();
    return times.isEmpty() ? Optional.empty() : Optional.of(times.get(times.size() / 2));
  }

  /** How long a build that ended took. */
  static Duration duration(Build build) {
    Build.Times times = build.times();
    return Duration.between(
        Objects.requireNonNullElse(times.startedAt(), times.requestedAt()),
        Objects.requireNonNullElse(times.endedAt(), times.requestedAt()));
  }
}
