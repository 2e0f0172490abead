package io.cite.server.adapter.notify;

import java.time.Duration;

/**
 * How notices are sent.
 *
 * @param allowPrivate whether targets may be plain http and lie in private networks; for a sandbox
 *     and for tests, because users choose the targets
 * @param timeout how long sending one notice may take
 */
public record NotificationSettings(boolean allowPrivate, Duration timeout) {
  /** How long sending may take unless somebody says otherwise. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Only public https targets, with the usual timeout. */
  static NotificationSettings usual() {
    return new NotificationSettings(false, TIMEOUT);
  }
}
