package io.cite.server.sandbox.github.state;

import java.time.Instant;

/** An offer to become a collaborator, open until the invitee answers. */
public record Invitation(
    long id,
    long repository,
    String invitee,
    String inviter,
    Permission permission,
    Instant createdAt)
    implements Row {}
