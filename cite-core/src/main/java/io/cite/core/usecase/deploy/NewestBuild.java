package io.cite.core.usecase.deploy;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitRelation;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.port.source.Repositories;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which build is the newest by the order of commits in the branch. The number of a build says when
 * it was made: a rebuild of an older commit is no newer for it.
 */
final class NewestBuild {
  private static final int COMPARED = 10;

  private final Repositories repositories;

  NewestBuild(Repositories repositories) {
    this.repositories = repositories;
  }

  /**
   * The newest of these builds; of one commit the one that was made last. Of more than ten commits
   * that are not the branch's head, the ten built last are compared.
   *
   * @throws io.cite.core.error.Upstream if the source host has to be asked and does not answer
   */
  Optional<Build> of(RepositoryName repository, BranchName branch, List<Build> builds) {
    Map<CommitId, Build> last = new LinkedHashMap<>();
    builds.stream()
        .sorted(Comparator.comparingLong(Build::number))
        .forEach(build -> last.put(build.commit(), build));
    if (last.size() < 2) {
      return last.values().stream().findFirst();
    }
    Optional<CommitId> head = repositories.head(repository, branch);
    if (head.isPresent() && last.containsKey(head.get())) {
      return Optional.of(last.get(head.get()));
    }
    List<CommitId> commits = new ArrayList<>(last.keySet());
    return commits.subList(Math.max(0, commits.size() - COMPARED), commits.size()).stream()
        .reduce((one, other) -> newer(repository, head, one, other))
        .map(last::get);
  }

  /** If neither contains the other, the one that the branch still contains. */
  private CommitId newer(
      RepositoryName repository, Optional<CommitId> head, CommitId one, CommitId other) {
    Optional<CommitRelation> relation = repositories.compare(repository, one, other);
    if (relation.filter(r -> r == CommitRelation.AHEAD).isPresent()) {
      return other;
    }
    if (relation.filter(r -> r == CommitRelation.BEHIND).isPresent()) {
      return one;
    }
    return head.flatMap(commit -> repositories.compare(repository, one, commit))
        .filter(r -> r == CommitRelation.AHEAD)
        .map(contained -> one)
        .orElse(other);
  }
}
