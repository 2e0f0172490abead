package io.cite.core.memory;

import io.cite.core.domain.deploy.ReportedState;
import io.cite.core.domain.deploy.SagaId;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.Commit;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitRelation;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.Permission;
import io.cite.core.domain.source.Repository;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.port.HookSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One repository of {@link InMemorySourceHost}, which guards it. */
final class InMemoryRepository {
  /** A commit with its parent and all files. */
  record Node(Commit commit, @Nullable CommitId parent, Map<String, String> files) {}

  /** A deployment and what was reported of it. */
  record Announcement(
      CommitId commit, String environment, SagaId sagaId, List<ReportedState> reports) {
    boolean isOf(CommitId otherCommit, String otherEnvironment, SagaId otherSaga) {
      return commit.equals(otherCommit)
          && environment.equals(otherEnvironment)
          && sagaId.equals(otherSaga);
    }
  }

  RepositoryName name;
  final long id;
  final BranchName defaultBranch;
  final Map<BranchName, CommitId> branches = new TreeMap<>();
  final Map<CommitId, Node> commits = new HashMap<>();
  final Map<CommitId, List<CommitStatus>> statuses = new HashMap<>();
  final Map<HookId, HookSpec> hooks = new LinkedHashMap<>();
  final Map<Long, Announcement> deployments = new LinkedHashMap<>();
  final Map<String, Permission> permissions = new HashMap<>();
  final Set<String> invited = new HashSet<>();
  Permission permission = Permission.ADMIN;
  boolean archived;

  InMemoryRepository(RepositoryName name, long id, BranchName defaultBranch) {
    this.name = name;
    this.id = id;
    this.defaultBranch = defaultBranch;
  }

  Repository describe() {
    return new Repository(
        name, id, defaultBranch, archived, permission, "http://source.invalid/" + name);
  }

  Permission permissionOf(String login) {
    Permission least = login.equalsIgnoreCase(name.owner()) ? Permission.ADMIN : Permission.NONE;
    return permissions.getOrDefault(login, least);
  }

  CommitId commit(BranchName branch, String message, Map<String, String> changes, Instant at) {
    CommitId parent = branches.get(branch);
    Map<String, String> files = new TreeMap<>();
    if (parent != null) {
      files.putAll(Objects.requireNonNull(commits.get(parent)).files());
    }
    files.putAll(changes);
    CommitId commit = new CommitId(sha1(name + "|" + parent + "|" + message + "|" + files));
    String url = "http://source.invalid/" + name + "/commit/" + commit;
    Commit described = new Commit(commit, message, "Someone <someone@example.com>", at, url);
    commits.put(commit, new Node(described, parent, Map.copyOf(files)));
    branches.put(branch, commit);
    return commit;
  }

  Optional<CommitRelation> compare(CommitId base, CommitId head) {
    if (!commits.containsKey(base) || !commits.containsKey(head)) {
      return Optional.empty();
    }
    if (base.equals(head)) {
      return Optional.of(CommitRelation.IDENTICAL);
    }
    if (isAncestor(base, head)) {
      return Optional.of(CommitRelation.AHEAD);
    }
    return Optional.of(isAncestor(head, base) ? CommitRelation.BEHIND : CommitRelation.DIVERGED);
  }

  List<BranchName> branchesWith(CommitId commit) {
    return branches.entrySet().stream()
        .filter(e -> e.getValue().equals(commit) || isAncestor(commit, e.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private boolean isAncestor(CommitId older, CommitId younger) {
    Node node = commits.get(younger);
    while (node != null && node.parent() != null) {
      if (node.parent().equals(older)) {
        return true;
      }
      node = commits.get(node.parent());
    }
    return false;
  }

  private static String sha1(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
