package io.cite.core.usecase;

import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.Notifications;
import java.util.HashSet;
import java.util.List;

/**
 * What is asked of notification targets when they are set, so that a mistake is reported at once.
 */
public final class NotificationTargets {
  /** How many targets a service may have. */
  public static final int MOST = 20;

  private final Notifications notifications;

  /** Checks targets as these notifications do. */
  public NotificationTargets(Notifications notifications) {
    this.notifications = notifications;
  }

  /**
   * Checks the targets of a service.
   *
   * @throws InvalidInput if there are too many, one stands twice, or notices cannot be sent to one
   */
  public void check(List<NotificationTarget> targets) {
    if (targets.size() > MOST) {
      throw new InvalidInput(
          "A service may have at most "
              + MOST
              + " notification targets; "
              + targets.size()
              + " are given.");
    }
    if (new HashSet<>(targets).size() < targets.size()) {
      throw new InvalidInput("A notification target is given twice. Give it once.");
    }
    targets.forEach(notifications::check);
  }
}
