package io.cite.adapters.github;

import io.cite.core.domain.service.Secret;
import io.cite.core.port.InstantSource;
import io.cite.core.port.source.Collaborators;
import io.cite.core.port.source.Hooks;
import io.cite.core.port.source.Reports;
import io.cite.core.port.source.Repositories;
import io.cite.core.port.source.SourceHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubBuilder;

/**
 * GitHub, or GitHub Enterprise Server, as the source host. Making one contacts nobody; {@link
 * #check} does. Each method sends as few requests as GitHub's API allows, mostly one, and tries
 * nothing twice. Safe for use by several threads.
 *
 * @see <a href="https://docs.github.com/en/rest">GitHub REST API</a>
 */
public final class GitHubSourceHost implements SourceHost {
  private final GitHubAccess access;
  private final GitHubSettings.Login login;
  private final GitHubRepositories repositories;
  private final GitHubHooks hooks;
  private final GitHubCollaborators collaborators;
  private final GitHubReports reports;
  private final RateLimit limit;
  private final GitHubRepositories backgroundRepositories;
  private final GitHubHooks backgroundHooks;

  /**
   * The host.
   *
   * @param clock tells how long a rate limit and an App's tokens last
   */
  public GitHubSourceHost(GitHubSettings settings, InstantSource clock) {
    this(settings, clock, (kind, status) -> {});
  }

  /**
   * The host, with its requests counted.
   *
   * @param clock tells how long a rate limit and an App's tokens last
   * @param observer is notified of each request
   */
  public GitHubSourceHost(GitHubSettings settings, InstantSource clock, RequestObserver observer) {
    this.limit = new RateLimit(clock);
    GitHubHttp http = new GitHubHttp(settings.api(), settings.timeout(), limit, observer);
    this.login = settings.login();
    GitHubTokens tokens = tokens(settings.login(), http, clock);
    GitHubRest rest = new GitHubRest(http, tokens);
    this.access =
        new GitHubAccess(library(settings, http, tokens), rest, new GitHubFailures(clock));
    this.repositories = new GitHubRepositories(access);
    this.hooks = new GitHubHooks(access);
    this.collaborators =
        new GitHubCollaborators(access, repositories, invited(settings, http, rest));
    this.reports = new GitHubReports(access);
    GitHubRest reserving = new GitHubRest(http, tokens, token -> limit.admit(token, true));
    GitHubAccess background =
        new GitHubAccess(access.library(), reserving, new GitHubFailures(clock));
    this.backgroundRepositories = new GitHubRepositories(background);
    this.backgroundHooks = new GitHubHooks(background);
  }

  private static GitHubTokens tokens(
      GitHubSettings.Login login, GitHubHttp http, InstantSource clock) {
    if (login instanceof GitHubSettings.App app) {
      return new GitHubAppTokens(http, new AppKey(app), clock);
    }
    Secret token = ((GitHubSettings.Token) login).value();
    return path -> token.reveal();
  }

  private static GitHub library(GitHubSettings settings, GitHubHttp http, GitHubTokens tokens) {
    try {
      return new GitHubBuilder()
          .withEndpoint(settings.api().toString())
          .withConnector(new KohsukeConnector(http, tokens))
          .build();
    } catch (IOException never) {
      throw new UncheckedIOException(never);
    }
  }

  private static @Nullable GitHubRest invited(
      GitHubSettings settings, GitHubHttp http, GitHubRest own) {
    Secret token = settings.collaboratorToken();
    if (token != null) {
      return new GitHubRest(http, path -> token.reveal());
    }
    return settings.login() instanceof GitHubSettings.Token ? own : null;
  }

  /**
   * Asks GitHub who it takes us for.
   *
   * @return the token's account, or the App with {@code [bot]} behind its name
   * @throws io.cite.core.error.Upstream if GitHub cannot be reached or does not accept us
   */
  public String check() {
    boolean app = login instanceof GitHubSettings.App;
    return access.during(
        "check the access to GitHub",
        () ->
            app
                ? access.rest().get("/app").path("slug").asString("") + "[bot]"
                : access.rest().get("/user").path("login").asString(""));
  }

  /** How many calls of the running hour are left, as GitHub said last; empty if it said nothing. */
  public Optional<Long> remainingCalls() {
    return limit.remaining();
  }

  @Override
  public Repositories backgroundRepositories() {
    return backgroundRepositories;
  }

  @Override
  public Hooks backgroundHooks() {
    return backgroundHooks;
  }

  @Override
  public Repositories repositories() {
    return repositories;
  }

  @Override
  public Hooks hooks() {
    return hooks;
  }

  @Override
  public Collaborators collaborators() {
    return collaborators;
  }

  @Override
  public Reports reports() {
    return reports;
  }
}
