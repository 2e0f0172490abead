package io.cite.core.domain.build;

import io.cite.core.domain.image.ImageReference;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A build being changed: what may change of it, and the rest as it was. */
final class BuildChange {
  private final Build before;
  BuildState state;
  BuildOrigin origin;
  String requestedBy;
  boolean requested;
  long statusFloor;
  long statusSeen;
  int requestAttempts;
  @Nullable ImageReference image;
  @Nullable String logUrl;
  @Nullable String logTail;
  @Nullable String cause;
  @Nullable String decision;
  @Nullable Instant startedAt;
  @Nullable Instant endedAt;
  Instant deadline;

  BuildChange(Build before) {
    this.before = before;
    state = before.state();
    origin = before.origin();
    requestedBy = before.requestedBy();
    requested = before.requested();
    statusFloor = before.statusFloor();
    statusSeen = before.statusSeen();
    requestAttempts = before.requestAttempts();
    image = before.image();
    logUrl = before.logUrl();
    logTail = before.logTail();
    cause = before.cause();
    decision = before.decision();
    startedAt = before.startedAt();
    endedAt = before.endedAt();
    deadline = before.deadline();
  }

  Build done() {
    return new Build(
        before.environment(),
        before.number(),
        before.commit(),
        state,
        origin,
        requestedBy,
        requested,
        statusFloor,
        statusSeen,
        requestAttempts,
        image,
        logUrl,
        logTail,
        cause,
        decision,
        before.requestedAt(),
        startedAt,
        endedAt,
        deadline);
  }
}
