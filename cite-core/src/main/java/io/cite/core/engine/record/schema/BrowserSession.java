package io.cite.core.engine.record.schema;

import org.jspecify.annotations.Nullable;

/**
 * A browser that somebody signed in with. Times are seconds since 1970.
 *
 * @param login who it is at the source host; null if they signed in with an API token
 * @param userId the source host's number for them; null if they signed in with an API token
 * @param token name of the API token that they signed in with; null without one
 * @param tokenSha256 that token's hash; null without one
 * @param begunAt when they signed in
 * @param seenAt when the session was last noted to be in use
 * @param ended whether they signed out
 */
public record BrowserSession(
    @Nullable String login,
    @Nullable Long userId,
    @Nullable String token,
    @Nullable String tokenSha256,
    long begunAt,
    long seenAt,
    boolean ended) {

  /** This session, in use at this time. */
  public BrowserSession seen(long at) {
    return new BrowserSession(login, userId, token, tokenSha256, begunAt, at, ended);
  }

  /** This session, signed out. */
  public BrowserSession signedOut() {
    return new BrowserSession(login, userId, token, tokenSha256, begunAt, seenAt, true);
  }
}
