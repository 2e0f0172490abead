package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.state.Invitation;
import io.cite.server.sandbox.github.state.Repo;
import java.util.List;

/** Invitations from the invitee's side. */
final class InvitationResource {

  private final ApiContext api;

  InvitationResource(ApiContext api) {
    this.api = api;
  }

  void register(Routes routes) {
    String all = "/user/repository_invitations";
    routes.get(all, Access.SIGNED_IN, this::list);
    routes.patch(all + "/{invitation}", Access.SIGNED_IN, this::accept);
    routes.delete(all + "/{invitation}", Access.SIGNED_IN, this::decline);
  }

  private Reply list(Call call) {
    List<Invitation> mine =
        api.state().invitations().all().stream()
            .filter(invitation -> mine(call, invitation))
            .toList();
    return call.page(
        mine, invitation -> InvitationShape.of(api.shapes(), repo(invitation), invitation));
  }

  private Reply accept(Call call) {
    synchronized (api.state()) {
      Invitation invitation = find(call);
      api
          .state()
          .repositories()
          .change(
              invitation.repository(),
              row -> row.withMember(invitation.invitee(), invitation.permission()));
      api.state().invitations().remove(invitation.id());
    }
    return Reply.none();
  }

  private Reply decline(Call call) {
    api.state().invitations().remove(find(call).id());
    return Reply.none();
  }

  private Invitation find(Call call) {
    return api
        .state()
        .invitations()
        .find(call.number("invitation"))
        .filter(invitation -> mine(call, invitation))
        .orElseThrow(ApiError::notFound);
  }

  private static boolean mine(Call call, Invitation invitation) {
    return invitation.invitee().equalsIgnoreCase(call.viewer().login());
  }

  private Repo repo(Invitation invitation) {
    return api
        .state()
        .repositories()
        .find(invitation.repository())
        .orElseThrow(ApiError::notFound);
  }
}
