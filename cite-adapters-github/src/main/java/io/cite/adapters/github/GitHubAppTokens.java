package io.cite.adapters.github;

import io.cite.core.port.InstantSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The tokens of a GitHub App: one for each owner that it is installed at, got when first needed and
 * kept until shortly before its hour is over; for all but repositories the App's own token.
 *
 * @see <a href="https://docs.github.com/en/rest/apps/apps">GitHub Apps</a>
 */
final class GitHubAppTokens implements GitHubTokens {
  private static final Pattern REPOSITORY = Pattern.compile("/repos/([^/?]+)/([^/?]+).*");
  private static final Duration MARGIN = Duration.ofMinutes(5);

  private final GitHubHttp http;
  private final AppKey key;
  private final InstantSource clock;
  private final ConcurrentMap<String, Installation> installations = new ConcurrentHashMap<>();

  GitHubAppTokens(GitHubHttp http, AppKey key, InstantSource clock) {
    this.http = http;
    this.key = key;
    this.clock = clock;
  }

  @Override
  public String tokenFor(String path) {
    Matcher repository = REPOSITORY.matcher(path);
    if (!repository.matches()) {
      return key.token(clock.instant());
    }
    String owner = repository.group(1).toLowerCase(Locale.ROOT);
    Instant soon = clock.instant().plus(MARGIN);
    Installation known = installations.get(owner);
    if (known == null || known.expires().isBefore(soon)) {
      known = renew(known, repository.group(1), repository.group(2));
      installations.put(owner, known);
    }
    return known.token();
  }

  /** Two threads may both renew, which does no harm: both tokens are good. */
  private Installation renew(@Nullable Installation known, String owner, String name) {
    long id =
        known == null
            ? request("GET", "/repos/" + owner + "/" + name + "/installation").path("id").asLong()
            : known.id();
    JsonNode made = request("POST", "/app/installations/" + id + "/access_tokens");
    return new Installation(
        id, made.path("token").asString(""), GitHubRepositories.instant(made.path("expires_at")));
  }

  private JsonNode request(String method, String path) {
    URI url = http.url(path);
    Map<String, String> headers = Map.of("Accept", "application/vnd.github+json");
    String token = key.token(clock.instant());
    return GitHubRest.JSON.readTree(http.send(method, url, headers, null, token).body());
  }

  /** Where the App is installed, and its token there. */
  private record Installation(long id, String token, Instant expires) {
    @Override
    public String toString() {
      return "installation " + id;
    }
  }
}
