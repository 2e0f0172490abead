package io.cite.core.memory;

import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.Commit;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitRelation;
import io.cite.core.domain.source.Permission;
import io.cite.core.domain.source.Repository;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.source.HeadAnswer;
import io.cite.core.port.source.Repositories;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the repositories of {@link InMemorySourceHost}, under its lock. */
final class InMemoryRepositories implements Repositories {
  private static final int LARGEST_FILE = 1 << 20;

  private final InMemorySourceHost host;

  InMemoryRepositories(InMemorySourceHost host) {
    this.host = host;
  }

  @Override
  public Repository get(RepositoryName name) {
    synchronized (host) {
      return host.find(name).describe();
    }
  }

  @Override
  public Optional<Repository> byId(RepositoryName known, long id) {
    synchronized (host) {
      return host.withId(id).map(InMemoryRepository::describe);
    }
  }

  @Override
  public Permission permission(RepositoryName repository, String login) {
    synchronized (host) {
      return host.find(repository).permissionOf(login);
    }
  }

  @Override
  public Optional<CommitId> head(RepositoryName repository, BranchName branch) {
    synchronized (host) {
      return Optional.ofNullable(host.find(repository).branches.get(branch));
    }
  }

  @Override
  public HeadAnswer headSince(RepositoryName repository, BranchName branch, @Nullable String etag) {
    CommitId head = head(repository, branch).orElse(null);
    String tag = head == null ? null : head.value();
    return tag != null && tag.equals(etag)
        ? new HeadAnswer(true, null, tag)
        : new HeadAnswer(false, head, tag);
  }

  @Override
  public Optional<Commit> commit(RepositoryName repository, CommitId commit) {
    synchronized (host) {
      return Optional.ofNullable(host.find(repository).commits.get(commit))
          .map(InMemoryRepository.Node::commit);
    }
  }

  @Override
  public Optional<CommitId> find(RepositoryName repository, String beginning) {
    synchronized (host) {
      List<CommitId> found =
          host.find(repository).commits.keySet().stream()
              .filter(commit -> commit.value().startsWith(beginning))
              .toList();
      return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }
  }

  @Override
  public Optional<String> file(RepositoryName repository, CommitId commit, String path) {
    synchronized (host) {
      Optional<String> file =
          Optional.ofNullable(host.find(repository).commits.get(commit))
              .map(node -> node.files().get(path));
      if (file.isPresent() && file.get().getBytes(StandardCharsets.UTF_8).length > LARGEST_FILE) {
        throw new InvalidInput(
            ErrorCode.UNREADABLE_FILE,
            "The file " + path + " of " + repository + " is larger than 1 MiB");
      }
      return file;
    }
  }

  @Override
  public Optional<CommitRelation> compare(RepositoryName repository, CommitId base, CommitId head) {
    synchronized (host) {
      return host.find(repository).compare(base, head);
    }
  }
}
