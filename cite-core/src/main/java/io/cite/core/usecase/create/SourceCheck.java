package io.cite.core.usecase.create;

import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.dockerfile.ExposedPorts;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.Permission;
import io.cite.core.domain.source.Repository;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.Forbidden;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.source.Repositories;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks a repository before anything is made from it: it exists, is not archived, the caller and
 * the CITE account may administer it, the branch exists, and the branch has a Dockerfile.
 */
final class SourceCheck {
  private final Repositories repositories;

  SourceCheck(Repositories repositories) {
    this.repositories = repositories;
  }

  /**
   * What was found.
   *
   * @param ports the ports of the service, and where each comes from
   * @param notes what somebody should know of the ports, in words
   * @param portsFrom all of that in one line; null if the caller set the ports
   */
  record Found(
      Repository repository,
      BranchName branch,
      CommitId head,
      List<ExposedPorts.Port> ports,
      List<String> notes,
      @Nullable String portsFrom) {
    ContainerPorts numbers() {
      return new ContainerPorts(ports.stream().map(ExposedPorts.Port::number).toList());
    }
  }

  Found find(
      Caller caller,
      RepositoryName name,
      @Nullable BranchName wanted,
      @Nullable ContainerPorts ports) {
    Repository repository = repositories.get(name);
    if (repository.archived()) {
      throw new InvalidInput(
          ErrorCode.REPOSITORY_ARCHIVED,
          "The repository " + name + " is archived; unarchive it on GitHub first");
    }
    if (caller.login() != null
        && !repositories.permission(name, caller.login()).includes(Permission.ADMIN)) {
      throw new Forbidden(
          caller.login() + " may not administer the repository " + name + " on GitHub");
    }
    if (!repository.permission().includes(Permission.ADMIN)) {
      throw new Forbidden(
          "The account that CITE uses may not administer the repository "
              + name
              + "; it needs the admin permission to set up webhooks");
    }
    BranchName branch = wanted == null ? repository.defaultBranch() : wanted;
    CommitId head = head(name, branch);
    String dockerfile =
        repositories
            .file(name, head, "Dockerfile")
            .orElseThrow(
                () ->
                    new InvalidInput(
                        ErrorCode.NO_DOCKERFILE,
                        "The branch " + branch + " of " + name + " has no Dockerfile at its root"));
    if (ports != null) {
      List<ExposedPorts.Port> set =
          ports.values().stream().map(port -> new ExposedPorts.Port(port, "the setting")).toList();
      return new Found(repository, branch, head, set, List.of(), null);
    }
    ExposedPorts exposed = ExposedPorts.of(dockerfile);
    return new Found(repository, branch, head, exposed.chosen(), exposed.notes(), exposed.origin());
  }

  /** The head of a branch that must exist. */
  CommitId head(RepositoryName name, BranchName branch) {
    return repositories
        .head(name, branch)
        .orElseThrow(
            () ->
                new InvalidInput(
                    ErrorCode.BRANCH_NOT_FOUND,
                    "The repository " + name + " has no branch " + branch));
  }
}
