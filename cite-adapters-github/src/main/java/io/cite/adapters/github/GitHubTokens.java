package io.cite.adapters.github;

/** The token for a request; implementations are thread-safe. */
@FunctionalInterface
interface GitHubTokens {
  /**
   * The token.
   *
   * @param path path within the API, such as {@code /repos/acme/hello/hooks}
   */
  String tokenFor(String path);
}
