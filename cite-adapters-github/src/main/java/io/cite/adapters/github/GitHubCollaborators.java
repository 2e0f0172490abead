package io.cite.adapters.github;

import static io.cite.adapters.github.GitHubRest.encode;
import static io.cite.adapters.github.GitHubRest.path;

import io.cite.core.domain.source.Permission;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.InvalidInput;
import io.cite.core.error.NotFound;
import io.cite.core.error.Upstream;
import io.cite.core.port.source.CollaboratorAnswer;
import io.cite.core.port.source.Collaborators;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Who takes part in a repository.
 *
 * @see <a href="https://docs.github.com/en/rest/collaborators">Collaborators and invitations</a>
 */
final class GitHubCollaborators implements Collaborators {
  private static final Set<Integer> ABSENT = Set.of(404);
  private static final int CREATED = 201;

  private final GitHubAccess access;
  private final GitHubRepositories repositories;
  private final @Nullable GitHubRest invited;
  private volatile @Nullable String invitedLogin;

  /**
   * The collaborators.
   *
   * @param invited requests of the account that accepts invitations; null if there is none
   */
  GitHubCollaborators(
      GitHubAccess access, GitHubRepositories repositories, @Nullable GitHubRest invited) {
    this.access = access;
    this.repositories = repositories;
    this.invited = invited;
  }

  @Override
  public CollaboratorAnswer ensure(RepositoryName repository, String login) {
    if (!GitHubRepositories.isLogin(login)) {
      throw new InvalidInput("The collaborator '" + login + "' is not a GitHub login");
    }
    if (repository.owner().equalsIgnoreCase(login)) {
      return CollaboratorAnswer.MEMBER;
    }
    try {
      // Asked first, because inviting an administrator to push would revoke rights.
      if (repositories.permission(repository, login).includes(Permission.PUSH)) {
        return CollaboratorAnswer.MEMBER;
      }
      return invite(repository, login);
    } catch (NotFound | Upstream refused) {
      // An account that somebody else invited sees no private repository before it has accepted.
      boolean passing = refused instanceof Upstream upstream && upstream.isRetryable();
      if (!passing && acceptOpen(repository, login)) {
        return CollaboratorAnswer.ADDED;
      }
      throw refused;
    }
  }

  private CollaboratorAnswer invite(RepositoryName repository, String login) {
    String operation = "make " + login + " a collaborator of " + repository;
    GitHubRest.Reply reply =
        access
            .inside(
                operation,
                repository,
                ABSENT,
                () ->
                    access
                        .rest()
                        .send("PUT", collaborator(repository, login), Map.of("permission", "push")))
            .orElseThrow(
                () ->
                    Upstream.permanent(
                        GitHubFailures.SYSTEM,
                        operation,
                        "GitHub has no account '" + login + "' or does not let this token invite",
                        null));
    if (reply.status() != CREATED) {
      return CollaboratorAnswer.MEMBER;
    }
    if (!acceptsFor(login)) {
      return CollaboratorAnswer.INVITED;
    }
    return access.during(
        operation,
        () -> {
          accept(reply.json().path("id").asLong());
          return CollaboratorAnswer.ADDED;
        });
  }

  private boolean acceptsFor(String login) {
    GitHubRest account = invited;
    if (account == null) {
      return false;
    }
    String known = invitedLogin;
    if (known == null) {
      known =
          access.during(
              "read the account of the token",
              () -> account.get("/user").path("login").asString(""));
      invitedLogin = known;
    }
    return known.equalsIgnoreCase(login);
  }

  private void accept(long invitation) {
    if (invited != null) {
      invited.send("PATCH", "/user/repository_invitations/" + invitation, null);
    }
  }

  private boolean acceptOpen(RepositoryName repository, String login) {
    GitHubRest account = invited;
    if (account == null || !acceptsFor(login)) {
      return false;
    }
    List<Long> open = new ArrayList<>();
    return access.during(
        "accept the invitation of " + login + " to " + repository,
        () -> {
          account.pages(
              "/user/repository_invitations?per_page=100",
              invitation -> {
                String name = invitation.path("repository").path("full_name").asString("");
                if (name.equalsIgnoreCase(repository.toString())) {
                  open.add(invitation.path("id").asLong());
                }
                return open.isEmpty();
              });
          open.forEach(this::accept);
          return !open.isEmpty();
        });
  }

  @Override
  public void remove(RepositoryName repository, String login) {
    if (!GitHubRepositories.isLogin(login) || repository.owner().equalsIgnoreCase(login)) {
      return;
    }
    String operation = "remove the collaborator " + login + " of " + repository;
    access.inside(
        operation,
        repository,
        ABSENT,
        () -> access.rest().send("DELETE", collaborator(repository, login), null));
    access.during(
        operation,
        repository,
        () -> {
          for (long invitation : invitations(repository, login)) {
            access.rest().send("DELETE", path(repository) + "/invitations/" + invitation, null);
          }
          return true;
        });
  }

  private List<Long> invitations(RepositoryName repository, String login) {
    List<Long> open = new ArrayList<>();
    access
        .rest()
        .pages(
            path(repository) + "/invitations?per_page=100",
            invitation -> {
              JsonNode invitee = invitation.path("invitee").path("login");
              if (invitee.asString("").equalsIgnoreCase(login)) {
                open.add(invitation.path("id").asLong());
              }
              return true;
            });
    return open;
  }

  private static String collaborator(RepositoryName repository, String login) {
    return path(repository) + "/collaborators/" + encode(login, true);
  }
}
