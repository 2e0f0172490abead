package io.cite.server.adapter.buildbot;

import io.cite.core.domain.service.Secret;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where Buildbot is.
 *
 * @param hook URL of its change hook, such as {@code https://buildbot/change_hook/github}
 * @param secret what events to the hook are signed with
 * @param url its root; logs are read below it and nowhere else
 * @param timeout how long a call may take
 * @param login who cancels builds; null if everybody may, or nobody
 */
public record BuildbotSettings(
    URI hook, Secret secret, URI url, Duration timeout, @Nullable Login login) {
  /** A user of Buildbot's web server. */
  public record Login(String user, Secret password) {}

  /** How long a call may take unless somebody says otherwise. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  public BuildbotSettings {
    if (!url.getPath().endsWith("/")) {
      url = URI.create(url + "/");
    }
  }

  /** Settings with the usual timeout, without a login. */
  public BuildbotSettings(URI hook, Secret secret, URI url) {
    this(hook, secret, url, TIMEOUT, null);
  }
}
