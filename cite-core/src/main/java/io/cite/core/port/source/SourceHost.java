package io.cite.core.port.source;

/**
 * The host of source code: GitHub. The host gives one object for each role; a part of the core is
 * given the roles that it needs, not the host.
 *
 * <p>This holds for all roles. Implementations are thread-safe, block until they have the answer,
 * bound every call by a timeout, and throw {@link io.cite.core.error.Upstream} if the host cannot
 * be reached or refuses, and {@link io.cite.core.error.NotFound} with {@code REPOSITORY_NOT_FOUND}
 * if the repository does not exist or cannot be seen. Each getter returns the same object every
 * time and does no I/O.
 *
 * @see <a href="https://docs.github.com/en/rest">GitHub REST API</a>
 */
public interface SourceHost {
  /** Repositories, branches, commits and files. */
  Repositories repositories();

  /** Webhooks and their deliveries. */
  Hooks hooks();

  /**
   * Repositories for work that can wait: if the host's limit of calls nears its end, the rest is
   * kept for everything else, and a call fails with {@link io.cite.core.error.Upstream} that says
   * how long to wait.
   */
  default Repositories backgroundRepositories() {
    return repositories();
  }

  /** Hooks for work that can wait, as {@link #backgroundRepositories()}. */
  default Hooks backgroundHooks() {
    return hooks();
  }

  /** Who may push. */
  Collaborators collaborators();

  /** Statuses and deployments at commits. */
  Reports reports();
}
