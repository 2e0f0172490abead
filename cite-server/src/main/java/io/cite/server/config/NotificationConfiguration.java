package io.cite.server.config;

import io.cite.server.config.ConfigurationKey.Kind;
import java.time.Duration;
import java.util.List;

/**
 * How notices are sent.
 *
 * @param privateTargets whether targets may lie in private networks and be plain http
 */
public record NotificationConfiguration(boolean privateTargets, Duration timeout) {
  private static final ConfigurationKey PRIVATE_TARGETS =
      ConfigurationKey.of(
          "notifications.privateTargets",
          Kind.FLAG,
          "false",
          "Whether notices may go to private networks and over plain http. Use it only to try CITE on one machine");
  private static final ConfigurationKey TIMEOUT =
      ConfigurationKey.of("notifications.timeout", Kind.DURATION, "5s", "Timeout of a call");

  static final List<ConfigurationKey> KEYS = List.of(PRIVATE_TARGETS, TIMEOUT);

  static NotificationConfiguration from(Values values) {
    return new NotificationConfiguration(values.flag(PRIVATE_TARGETS), values.duration(TIMEOUT));
  }
}
