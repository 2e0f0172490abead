package io.cite.server.sandbox.github.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything of a {@link State} at one moment, as it is written to disk. */
record Snapshot(
    int version,
    long lastId,
    List<Account> accounts,
    List<Repo> repositories,
    List<Hook> hooks,
    List<CommitStatus> statuses,
    List<Deployment> deployments,
    List<DeploymentStatus> deploymentStatuses,
    List<Environment> environments,
    List<Invitation> invitations,
    List<Pull> pulls,
    List<Comment> comments,
    @Nullable List<FormerName> formerNames) {

  static final int VERSION = 1;
}
