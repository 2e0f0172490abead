package io.cite.adapters.github;

import java.net.http.HttpHeaders;

/**
 * An answer that is no success, as it came. Unchecked, so that it passes through github-api as it
 * is; {@link GitHubFailures} turns it into one of the core's failures.
 */
final class GitHubRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final transient HttpHeaders headers;
  private final String body;

  GitHubRefusal(int status, HttpHeaders headers, String body) {
    super("HTTP " + status);
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  int status() {
    return status;
  }

  HttpHeaders headers() {
    return headers;
  }

  String body() {
    return body;
  }

  /** Whether GitHub's message contains the words, in any case. */
  boolean says(String words) {
    return body.toLowerCase(java.util.Locale.ROOT).contains(words);
  }
}
