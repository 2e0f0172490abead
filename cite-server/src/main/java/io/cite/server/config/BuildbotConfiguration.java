package io.cite.server.config;

import io.cite.core.domain.service.Secret;
import io.cite.server.config.ConfigurationKey.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How Buildbot is spoken to.
 *
 * @param hook its change hook, for GitHub's pushes and CITE's own events
 * @param secret signs both
 * @param url its web server; logs are only read from there
 * @param buildTimeout how long a build may show no progress before it times out
 * @param user who cancels builds there
 * @param password of that user; null if Buildbot wants none
 */
public record BuildbotConfiguration(
    URI hook,
    Secret secret,
    URI url,
    Duration timeout,
    Duration buildTimeout,
    String user,
    @Nullable Secret password) {
  private static final ConfigurationKey HOOK =
      ConfigurationKey.required(
          "buildbot.hook",
          Kind.URL,
          "URL of Buildbot's change hook. GitHub and CITE must reach it");
  private static final ConfigurationKey SECRET =
      ConfigurationKey.required(
          "buildbot.secret", Kind.SECRET, "Secret that signs the requests to the change hook");
  private static final ConfigurationKey URL =
      ConfigurationKey.required(
          "buildbot.url",
          Kind.URL,
          "URL of Buildbot's web server. CITE confirms results and reads logs at this server only");
  private static final ConfigurationKey TIMEOUT =
      ConfigurationKey.of("buildbot.timeout", Kind.DURATION, "10s", "Timeout of a call");
  private static final ConfigurationKey BUILD_TIMEOUT =
      ConfigurationKey.of(
          "buildbot.buildTimeout",
          Kind.DURATION,
          "1h",
          "How long a build may show no progress before it times out");

  private static final ConfigurationKey USER =
      ConfigurationKey.of(
          "buildbot.user",
          Kind.TEXT,
          "cite",
          "User of Buildbot's web server who may cancel build requests");
  private static final ConfigurationKey PASSWORD =
      ConfigurationKey.optional(
          "buildbot.password",
          Kind.SECRET,
          "Password of `buildbot.user`. Without it CITE does not log in");

  static final List<ConfigurationKey> KEYS =
      List.of(HOOK, SECRET, URL, TIMEOUT, BUILD_TIMEOUT, USER, PASSWORD);

  static BuildbotConfiguration from(Values values) {
    Secret secret = values.secret(SECRET);
    return new BuildbotConfiguration(
        values.requiredUrl(HOOK),
        secret == null ? Secret.of("") : secret,
        values.requiredUrl(URL),
        values.duration(TIMEOUT),
        values.duration(BUILD_TIMEOUT),
        values.text(USER),
        values.secret(PASSWORD));
  }
}
