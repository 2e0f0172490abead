package io.cite.core.usecase.create;

import io.cite.core.domain.audit.Caller;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks a repository before anything is made from it: it exists, is not archived, the caller and
 * the CITE account may administer it, the branch exists, and the branch has a Dockerfile.
 */
final class SourceCheck {
  private static final int USUAL_PORT = 8080;
  private static final Pattern EXPOSE = Pattern.compile("(?im)^\\s*EXPOSE\\s+([^#\\r\\n]+)");
  private static final Pattern PORT = Pattern.compile("(\\d{1,5})(?:/(tcp|udp))?");

  private final Repositories repositories;

  SourceCheck(Repositories repositories) {
    this.repositories = repositories;
  }

  /** What was found. */
  record Found(Repository repository, BranchName branch, CommitId head, ContainerPorts ports) {}

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
    return new Found(repository, branch, head, ports == null ? exposed(dockerfile) : ports);
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

  /** The TCP ports of the Dockerfile's EXPOSE instructions, or 8080. */
  static ContainerPorts exposed(String dockerfile) {
    Set<Integer> ports = new LinkedHashSet<>();
    Matcher lines = EXPOSE.matcher(dockerfile);
    while (lines.find()) {
      for (String word : lines.group(1).trim().split("\\s+")) {
        Matcher port = PORT.matcher(word);
        if (port.matches() && !"udp".equalsIgnoreCase(port.group(2))) {
          ports.add(Integer.parseInt(port.group(1)));
        }
      }
    }
    return new ContainerPorts(ports.isEmpty() ? List.of(USUAL_PORT) : List.copyOf(ports));
  }
}
