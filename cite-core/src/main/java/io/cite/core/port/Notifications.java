package io.cite.core.port;

import io.cite.core.domain.service.NotificationTarget;

/** Sends notices to people. */
public interface Notifications {

  /**
   * Refuses a target that notices could never be sent to, for whoever sets it. By default there is
   * no such target.
   *
   * @throws io.cite.core.error.InvalidInput saying what is wrong with it
   */
  default void check(NotificationTarget target) {}

  /**
   * Sends a notice to one target, once.
   *
   * @throws io.cite.core.error.Upstream if the target cannot be reached (retryable) or refuses it
   *     for good
   */
  void send(NotificationTarget target, Notice notice);

  /**
   * One notice.
   *
   * @param id the same when it is sent again
   * @param kind what happened
   * @param service {@code namespace/name}
   * @param branch the branch
   * @param commit full commit id
   * @param title one line
   * @param text more: the image, the cause, or the log's end; may be empty and have many lines
   * @param url where to read on; empty if there is no such place
   */
  record Notice(
      String id,
      Kind kind,
      String service,
      String branch,
      String commit,
      String title,
      String text,
      String url,
      java.time.Instant at) {}

  /** The kinds of notices. */
  enum Kind {
    BUILD_STARTED,
    BUILD_SUCCEEDED,
    BUILD_FAILED,
    DEPLOYMENT_STARTED,
    DEPLOYMENT_LIVE,
    DEPLOYMENT_FAILED
  }
}
