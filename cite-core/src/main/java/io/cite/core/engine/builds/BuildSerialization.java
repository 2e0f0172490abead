package io.cite.core.engine.builds;

import io.cite.core.domain.build.Build;
import io.cite.core.engine.record.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
    List<Versioned<Build>> inTurn = new ArrayList<>();
    for (int i = 0; i < builds.size(); i++) {
      Versioned<Build> build = builds.get(i);
      if (!build.value().state().isFinal()) {
        List<Build> earlier =
            builds.subList(0, i).stream()
                .map(Versioned::value)
                .filter(other -> other.commit().equals(build.value().commit()))
                .toList();
        if (earlier.stream().allMatch(other -> other.state().isFinal() && !other.awaitsStop())) {
          inTurn.add(
              new Versioned<>(
                  build.key(),
                  after(earlier, build.value(), timeout),
                  build.createRevision(),
                  build.revision()));
        }
      }
    }
    return inTurn;
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
