package io.cite.adapters.github;

/** Is notified of each request to GitHub, by the thread that makes it. */
@FunctionalInterface
public interface RequestObserver {
  /**
   * A request was made.
   *
   * @param kind the same for all repositories, commits and branches, such as {@code GET
   *     /{repository}/commits/{commit}/statuses}
   * @param status of the answer; 304 costs nothing of the rate limit; 0 if there was no answer
   */
  void answered(String kind, int status);
}
