package io.cite.server.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the sandbox's containers write: a function of the pod, its failure and the time. */
final class SandboxLogs {
  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final int MOST_BEATS = 1000;

  private record Line(Instant at, String text) {}

  private final FailingImages failing;
  private final Clock clock;

  SandboxLogs(FailingImages failing, Clock clock) {
    this.failing = failing;
    this.clock = clock;
  }

  String of(Pod pod, LogRequest request) {
    Instant now = clock.instant();
    List<Line> lines = new ArrayList<>(lines(pod, now));
    Instant from =
        request.sinceSeconds() > 0 ? now.minusSeconds(request.sinceSeconds()) : request.sinceTime();
    if (from != null) {
      lines.removeIf(line -> line.at().isBefore(from));
    }
    int skipped = request.tail() < 0 ? 0 : Math.max(0, lines.size() - request.tail());
    return lines.subList(skipped, lines.size()).stream()
        .map(line -> (request.timestamps() ? line.at() + " " : "") + line.text() + "\n")
        .collect(Collectors.joining());
  }

  private List<Line> lines(Pod pod, Instant now) {
    if (pod.getStatus() == null || pod.getStatus().getStartTime() == null) {
      return List.of();
    }
    Instant start = Instant.parse(pod.getStatus().getStartTime());
    Optional<ImageFailure> failure = failing.of(SandboxPods.image(pod));
    if (failure.filter(f -> f == ImageFailure.CRASH_LOOP_BACK_OFF).isPresent()) {
      return List.of(
          new Line(start, "starting " + SandboxPods.image(pod)),
          new Line(start.plusMillis(1), "fatal: cannot start, giving up"));
    }
    if (failure.isPresent() && failure.get() != ImageFailure.NEVER_READY) {
      return List.of();
    }
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(start, "starting " + SandboxPods.image(pod)));
    lines.add(new Line(start.plusMillis(1), "listening"));
    Instant beat = start.plus(BEAT);
    for (int n = 1; n <= MOST_BEATS && beat.isBefore(now); n++, beat = beat.plus(BEAT)) {
      lines.add(new Line(beat, "alive for " + n * BEAT.toSeconds() + " seconds"));
    }
    return lines;
  }
}
