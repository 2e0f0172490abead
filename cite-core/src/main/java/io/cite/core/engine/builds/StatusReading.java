package io.cite.core.engine.builds;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.StatusText;
import io.cite.core.domain.source.CommitStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the statuses of a commit say about its builds: pure functions. Statuses carry no build
 * number, so they are read in the host's order: those above a build's floor speak of it until the
 * first final one.
 */
final class StatusReading {
  private StatusReading() {}

  /**
   * What is new of the build, in order: its newest sign of life, so that a start is told even if
   * the end came before anybody looked, and then the status that ends it.
   */
  static List<CommitStatus> updates(Build build, List<CommitStatus> statuses) {
    List<CommitStatus> mine =
        statuses.stream()
            .filter(status -> status.id() > build.statusSeen())
            .filter(status -> !StatusText.isGivenUp(status.description()))
            .sorted(Comparator.comparingLong(CommitStatus::id))
            .toList();
    List<CommitStatus> alive = mine.stream().takeWhile(status -> !isFinal(status)).toList();
    List<CommitStatus> updates = new ArrayList<>();
    alive.stream().reduce((first, second) -> second).ifPresent(updates::add);
    mine.stream().filter(StatusReading::isFinal).findFirst().ifPresent(updates::add);
    return updates;
  }

  /** Whether there is updates of a build of this commit that no known build accounts for. */
  static boolean tellsOfAnotherBuild(List<Build> builds, List<CommitStatus> statuses) {
    long seen = builds.stream().mapToLong(Build::statusSeen).max().orElse(0);
    boolean open = builds.stream().anyMatch(build -> !build.state().isFinal());
    return !open
        && statuses.stream().anyMatch(s -> s.id() > seen && s.state() != CommitStatus.State.ERROR);
  }

  /** The highest number among the statuses that known builds account for. */
  static long floor(List<Build> builds) {
    return builds.stream().mapToLong(Build::statusSeen).max().orElse(0);
  }

  /** Whether the status ends a build. */
  static boolean isFinal(CommitStatus status) {
    return status.state() != CommitStatus.State.PENDING;
  }
}
