package io.cite.core.domain.build;

import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.ContainerPorts;
import org.jspecify.annotations.Nullable;

/** What can happen to a build. */
public sealed interface BuildEvent {
  /** A person wants it, and the builder to be asked for it, be it once more. */
  record Ordered(String by) implements BuildEvent {}

  /**
   * The builder has taken the request.
   *
   * @param runs the number of its newest build of the commit before that; 0 for none, {@link
   *     Build.Statuses#ALL_RUNS} if it cannot be asked
   */
  record Requested(long runs) implements BuildEvent {}

  /** The request did not reach the builder; it is tried again. */
  record RequestFailed(String why) implements BuildEvent {}

  /** The builder has it, as this status says. */
  record Pending(long statusId) implements BuildEvent {}

  /**
   * The image is made, allowed and resolved.
   *
   * @param ports the TCP ports that it exposes; null if they are not known
   */
  record Succeeded(long statusId, ImageReference image, @Nullable ContainerPorts ports)
      implements BuildEvent {}

  /** The builder says that it failed. */
  record Failed(long statusId, String cause, @Nullable LogUrl logUrl, @Nullable String logTail)
      implements BuildEvent {}

  /** Its result cannot be used, or it could not be carried out. */
  record Errored(long statusId, String cause) implements BuildEvent {}

  /**
   * A status speaks of a result that the builder does not confirm: it says nothing of the build.
   */
  record Rejected(long statusId) implements BuildEvent {}

  /** A status speaks of its result, and whoever has to confirm that cannot be asked now. */
  record Unconfirmed(String waitsFor) implements BuildEvent {}

  /**
   * The builder was asked about it, because a report is overdue.
   *
   * @param runs the builder's number of the build that this one is; 0 if it has not ended
   */
  record Asked(long runs) implements BuildEvent {}

  /** A person cancels it. */
  record Cancelled(String by) implements BuildEvent {}

  /**
   * Nothing more is expected of the builder for a cancelled build.
   *
   * @param statusId the last status that speaks of it
   * @param run the builder's number of it; {@link Build.Statuses#ALL_RUNS} if it is not known to
   *     have begun, so that a build that begins late does not count either
   * @param why who cancelled it, and what the builder said if it did not stop
   */
  record Stopped(long statusId, long run, String why) implements BuildEvent {}

  /** No result came in time. */
  record DeadlinePassed() implements BuildEvent {}
}
