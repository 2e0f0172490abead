package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.shape.Json;
import io.cite.server.sandbox.github.state.Account;
import io.cite.server.sandbox.github.state.Invitation;
import io.cite.server.sandbox.github.state.Permission;
import io.cite.server.sandbox.github.state.Repo;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Who may do what with a repository, from its owner's side. */
final class CollaboratorResource {

  private final ApiContext api;

  CollaboratorResource(ApiContext api) {
    this.api = api;
  }

  void register(Routes routes) {
    String all = "/repos/{owner}/{repo}/collaborators";
    String one = all + "/{user}";
    routes.get(all, Access.PUSH_EVEN_ARCHIVED, this::list);
    routes.get(one, Access.PUSH_EVEN_ARCHIVED, this::check);
    routes.put(one, Access.ADMIN, this::invite);
    routes.delete(one, Access.ADMIN, this::remove);
    routes.get(one + "/permission", Access.PUSH_EVEN_ARCHIVED, this::permission);
    routes.get("/repos/{owner}/{repo}/invitations", Access.ADMIN, this::invitations);
    routes.delete("/repos/{owner}/{repo}/invitations/{invitation}", Access.ADMIN, this::withdraw);
  }

  private Reply list(Call call) {
    Repo repo = call.repo();
    List<Account> found =
        api.state().accounts().all().stream()
            .filter(account -> !account.organization())
            .filter(account -> api.repositories().member(repo, account))
            .toList();
    return call.page(
        found,
        account ->
            api
                .shapes()
                .accounts()
                .collaborator(account, api.repositories().permission(repo, account)));
  }

  private Reply check(Call call) {
    if (!api.repositories().member(call.repo(), account(call))) {
      throw ApiError.notFound();
    }
    return Reply.none();
  }

  private Reply permission(Call call) {
    Account account = account(call);
    Permission permission = api.repositories().permission(call.repo(), account);
    ObjectNode shape =
        Json.object().put("permission", permission.coarse()).put("role_name", permission.role());
    shape.set("user", api.shapes().accounts().collaborator(account, permission));
    return Reply.ok(shape);
  }

  private Reply invite(Call call) {
    Repo repo = call.repo();
    Account invitee = account(call);
    String wanted = call.body().text("permission", "push");
    Permission permission =
        Permission.parse(wanted)
            .filter(parsed -> parsed != Permission.NONE)
            .orElseThrow(() -> ApiError.invalid("Repository", "Invalid permission: " + wanted));
    if (invitee.organization() || repo.owner().equalsIgnoreCase(invitee.login())) {
      throw ApiError.invalid("Repository", "Repository owner cannot be a collaborator");
    }
    synchronized (api.state()) {
      if (api.repositories().member(repo, invitee)) {
        api
            .state()
            .repositories()
            .change(repo.id(), row -> row.withMember(invitee.login(), permission));
        return Reply.none();
      }
      pending(repo, invitee).ifPresent(old -> api.state().invitations().remove(old.id()));
      Invitation invitation =
          api
              .state()
              .invitations()
              .add(
                  new Invitation(
                      api.state().nextId(),
                      repo.id(),
                      invitee.login(),
                      call.viewer().login(),
                      permission,
                      api.now()));
      return Reply.created(InvitationShape.of(api.shapes(), repo, invitation));
    }
  }

  private Reply remove(Call call) {
    Account account = account(call);
    synchronized (api.state()) {
      pending(call.repo(), account)
          .ifPresent(invitation -> api.state().invitations().remove(invitation.id()));
      api
          .state()
          .repositories()
          .change(call.repo().id(), row -> row.withMember(account.login(), Permission.NONE));
    }
    return Reply.none();
  }

  private Reply invitations(Call call) {
    return call.page(
        api.state().invitations().of(call.repo().id()),
        invitation -> InvitationShape.of(api.shapes(), call.repo(), invitation));
  }

  private Reply withdraw(Call call) {
    long id = call.number("invitation");
    if (api.state().invitations().find(call.repo().id(), id).isEmpty()) {
      throw ApiError.notFound();
    }
    api.state().invitations().remove(id);
    return Reply.none();
  }

  private Optional<Invitation> pending(Repo repo, Account invitee) {
    return api.state().invitations().of(repo.id()).stream()
        .filter(invitation -> invitation.invitee().equalsIgnoreCase(invitee.login()))
        .findFirst();
  }

  private Account account(Call call) {
    return api.state().account(call.param("user")).orElseThrow(ApiError::notFound);
  }
}
