package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.shape.Json;
import io.cite.server.sandbox.github.shape.Shapes;
import io.cite.server.sandbox.github.state.Invitation;
import io.cite.server.sandbox.github.state.Repo;
import tools.jackson.databind.node.ObjectNode;

/** Invitations as both sides of them see them. */
final class InvitationShape {

  private InvitationShape() {}

  static ObjectNode of(Shapes shapes, Repo repo, Invitation invitation) {
    ObjectNode shape =
        Json.object()
            .put("id", invitation.id())
            .put("node_id", Json.nodeId("RepositoryInvitation", invitation.id()));
    shape.set("repository", shapes.repositories().minimal(repo));
    shape.set("invitee", shapes.accounts().simple(invitation.invitee()));
    shape.set("inviter", shapes.accounts().simple(invitation.inviter()));
    return shape
        .put("permissions", invitation.permission().role())
        .put("created_at", invitation.createdAt().toString())
        .put("expired", false)
        .put("url", shapes.links().base() + "/user/repository_invitations/" + invitation.id())
        .put("html_url", shapes.links().page(repo) + "/invitations");
  }
}
