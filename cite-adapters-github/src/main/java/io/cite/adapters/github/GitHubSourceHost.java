package io.cite.adapters.github;

import io.cite.core.domain.deploy.ReportedState;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.Commit;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitRelation;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.Permission;
import io.cite.core.domain.source.Repository;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.port.InstantSource;
import io.cite.core.port.SourceHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
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
  private final GitHubContents contents;
  private final GitHubHooks hooks;
  private final GitHubCollaborators collaborators;
  private final GitHubReports reports;

  /**
   * The host.
   *
   * @param clock tells how long a rate limit and an App's tokens last
   */
  public GitHubSourceHost(GitHubSettings settings, InstantSource clock) {
    GitHubHttp http = new GitHubHttp(settings.api(), settings.timeout());
    this.login = settings.login();
    GitHubTokens tokens = tokens(settings.login(), http, clock);
    GitHubRest rest = new GitHubRest(http, tokens);
    this.access =
        new GitHubAccess(library(settings, http, tokens), rest, new GitHubFailures(clock));
    this.contents = new GitHubContents(access);
    this.hooks = new GitHubHooks(access);
    this.collaborators = new GitHubCollaborators(access, contents, invited(settings, http, rest));
    this.reports = new GitHubReports(access);
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
   * @throws io.cite.core.error.Upstream where GitHub cannot be reached or does not accept us
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

  @Override
  public Repository repository(RepositoryName name) {
    return contents.repository(name);
  }

  @Override
  public Permission permission(RepositoryName repository, String login) {
    return contents.permission(repository, login);
  }

  @Override
  public Optional<CommitId> head(RepositoryName repository, BranchName branch) {
    return Optional.ofNullable(contents.head(repository, branch, null).head());
  }

  @Override
  public HeadAnswer headSince(RepositoryName repository, BranchName branch, @Nullable String etag) {
    return contents.head(repository, branch, etag);
  }

  @Override
  public Optional<Commit> commit(RepositoryName repository, CommitId commit) {
    return contents.commit(repository, commit);
  }

  @Override
  public Optional<String> file(RepositoryName repository, CommitId commit, String path) {
    return contents.file(repository, commit, path);
  }

  @Override
  public Optional<CommitRelation> compare(RepositoryName repository, CommitId base, CommitId head) {
    return contents.compare(repository, base, head);
  }

  @Override
  public HookAnswer ensureHook(RepositoryName repository, HookSpec hook) {
    return hooks.ensure(repository, hook);
  }

  @Override
  public void removeHook(RepositoryName repository, String url) {
    hooks.remove(repository, url);
  }

  @Override
  public List<FailedDelivery> failedDeliveries(
      RepositoryName repository, long hookId, Instant since) {
    return hooks.failed(repository, hookId, since);
  }

  @Override
  public void redeliver(RepositoryName repository, long hookId, long deliveryId) {
    hooks.redeliver(repository, hookId, deliveryId);
  }

  @Override
  public CollaboratorAnswer ensureCollaborator(RepositoryName repository, String login) {
    return collaborators.ensure(repository, login);
  }

  @Override
  public void removeCollaborator(RepositoryName repository, String login) {
    collaborators.remove(repository, login);
  }

  @Override
  public List<CommitStatus> statuses(RepositoryName repository, CommitId commit, String context) {
    return reports.statuses(repository, commit, context);
  }

  @Override
  public void reportStatus(
      RepositoryName repository,
      CommitId commit,
      CommitStatus.State state,
      String context,
      String description,
      @Nullable String targetUrl) {
    reports.report(repository, commit, state, context, description, targetUrl);
  }

  @Override
  public List<Long> findDeployments(
      RepositoryName repository, CommitId commit, String environment, String sagaId) {
    return reports.find(repository, commit, environment, sagaId);
  }

  @Override
  public long announce(
      RepositoryName repository,
      CommitId commit,
      String environment,
      String sagaId,
      String description) {
    return reports.announce(repository, commit, environment, sagaId, description);
  }

  @Override
  public void reportDeployment(
      RepositoryName repository,
      long deploymentId,
      ReportedState state,
      String description,
      @Nullable String url) {
    reports.report(repository, deploymentId, state, description, url);
  }
}
