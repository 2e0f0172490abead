package io.cite.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cite.core.domain.deploy.ReportedState;
import io.cite.core.domain.deploy.SagaId;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.Commit;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitRelation;
import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.Permission;
import io.cite.core.domain.source.Repository;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.InvalidInput;
import io.cite.core.error.NotFound;
import io.cite.core.port.HookSpec;
import io.cite.core.port.source.HeadAnswer;
import io.cite.core.port.source.SourceHost;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What can be read of every {@link SourceHost}, and what its tests begin with: the repository
 * {@link #REPOSITORY}, public, administered by the host's account, without commits, hooks or
 * collaborators.
 */
public abstract class SourceReadingContract {
  /** The repository that is there. */
  protected static final RepositoryName REPOSITORY = RepositoryName.parse("acme/hello");

  private static final RepositoryName MISSING = RepositoryName.parse("acme/missing");
  static final CommitId UNKNOWN = CommitId.parse("0123456789abcdef".repeat(3).substring(8));
  static final BranchName MAIN = BranchName.parse("main");
  static final String CONTEXT = "buildbot/cite-build";
  static final String URL = "http://127.0.0.1:9/hook";
  static final HookSpec HOOK = new HookSpec(URL, Set.of("push", "status"), Secret.of("one"));

  private int changes;

  /** The host under test. */
  protected abstract SourceHost host();

  /**
   * Puts a commit on a branch of {@link #REPOSITORY}. A branch that is new begins at the head of
   * {@code main}; the first commit makes {@code main}.
   */
  protected abstract CommitId commit(String branch, Map<String, String> files, String message);

  /** Delivers a push to the hooks that none of them can be reached for. */
  protected abstract void pushWithoutSuccess();

  /** An account that exists, may not push, and whose invitations the host accepts. */
  protected abstract String ownAccount();

  /** An account that exists, may not push, and whose invitations only its owner can accept. */
  protected abstract String otherAccount();

  final CommitId commit(String branch) {
    return commit(branch, Map.of("file.txt", branch + ++changes), "Change " + branch);
  }

  @Test
  void describesTheRepository() {
    commit("main");
    Repository found = host().repositories().get(REPOSITORY);
    assertThat(found.name().sameAs(REPOSITORY)).isTrue();
    assertThat(found.id()).isPositive();
    assertThat(found.defaultBranch()).isEqualTo(MAIN);
    assertThat(found.archived()).isFalse();
    assertThat(found.permission()).isEqualTo(Permission.ADMIN);
    assertThat(found.htmlUrl()).endsWith("/acme/hello");
    assertThat(host().repositories().get(REPOSITORY).id()).isEqualTo(found.id());
    assertThat(host().repositories().byId(REPOSITORY, found.id()).map(Repository::id))
        .contains(found.id());
  }

  @Test
  void saysThatARepositoryIsMissing() {
    SourceHost host = host();
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> host.repositories().get(MISSING),
            () -> host.repositories().permission(MISSING, otherAccount()),
            () -> host.repositories().head(MISSING, MAIN),
            () -> host.repositories().headSince(MISSING, MAIN, null),
            () -> host.repositories().commit(MISSING, UNKNOWN),
            () -> host.repositories().file(MISSING, UNKNOWN, "Dockerfile"),
            () -> host.repositories().compare(MISSING, UNKNOWN, UNKNOWN),
            () -> host.hooks().ensure(MISSING, HOOK),
            () -> host.hooks().failedDeliveries(MISSING, new HookId(1), Instant.EPOCH),
            () -> host.reports().statuses(MISSING, UNKNOWN, CONTEXT),
            () ->
                host.reports()
                    .findDeployments(
                        MISSING, UNKNOWN, "hello/main", new SagaId("acme/hello/main#1@0")),
            () ->
                host.reports()
                    .announce(
                        MISSING, UNKNOWN, "hello/main", new SagaId("acme/hello/main#1@0"), ""),
            () -> host.reports().reportDeployment(MISSING, 1, ReportedState.SUCCESS, "", null))) {
      NotFound missing = catchThrowableOfType(NotFound.class, call);
      assertThat(missing).isNotNull();
      assertThat(missing.code()).isEqualTo(ErrorCode.REPOSITORY_NOT_FOUND);
    }
  }

  @Test
  void knowsWhoMayDoWhat() {
    assertThat(host().repositories().permission(REPOSITORY, "acme")).isEqualTo(Permission.ADMIN);
    assertThat(
            host().repositories().permission(REPOSITORY, otherAccount()).includes(Permission.PUSH))
        .isFalse();
    assertThat(host().repositories().permission(REPOSITORY, "nobody-of-that-name"))
        .isEqualTo(Permission.NONE);
    assertThat(host().repositories().permission(REPOSITORY, "no login/.."))
        .isEqualTo(Permission.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "feature/x", "feature/ü+x#1", "50%25;a&b=c", "a\u0308/b"})
  void findsTheHeadOfABranchWhateverItIsCalled(String branch) {
    commit("main");
    commit(branch);
    CommitId head = commit(branch);
    assertThat(host().repositories().head(REPOSITORY, BranchName.parse(branch))).contains(head);
  }

  @Test
  void findsNoHeadOfABranchThatIsMissing() {
    assertThat(host().repositories().head(REPOSITORY, MAIN)).isEmpty();
    commit("main");
    commit("feature/x");
    assertThat(host().repositories().head(REPOSITORY, BranchName.parse("feature"))).isEmpty();
    assertThat(host().repositories().headSince(REPOSITORY, BranchName.parse("mai"), null).head())
        .isNull();
  }

  @Test
  void tellsAHeadOnceUntilItChanges() {
    CommitId first = commit("main");
    HeadAnswer answer = host().repositories().headSince(REPOSITORY, MAIN, null);
    assertThat(answer.unchanged()).isFalse();
    assertThat(answer.head()).isEqualTo(first);
    String etag = answer.etag();
    assertThat(etag).isNotNull();
    HeadAnswer again = host().repositories().headSince(REPOSITORY, MAIN, etag);
    assertThat(again).isEqualTo(new HeadAnswer(true, null, etag));
    CommitId second = commit("main");
    HeadAnswer changed = host().repositories().headSince(REPOSITORY, MAIN, etag);
    assertThat(changed.unchanged()).isFalse();
    assertThat(changed.head()).isEqualTo(second);
  }

  @Test
  void readsACommit() {
    CommitId id = commit("main", Map.of("a", "b"), "Say hello\n\nWith a body.");
    Commit commit = host().repositories().commit(REPOSITORY, id).orElseThrow();
    assertThat(commit.id()).isEqualTo(id);
    assertThat(commit.message().strip()).isEqualTo("Say hello\n\nWith a body.");
    assertThat(commit.author()).matches("[^<>]+ <[^<>]+>");
    assertThat(commit.authoredAt()).isAfter(Instant.parse("2000-01-01T00:00:00Z"));
    assertThat(commit.htmlUrl()).endsWith("/acme/hello/commit/" + id);
    assertThat(host().repositories().commit(REPOSITORY, UNKNOWN)).isEmpty();
  }

  @Test
  void findsACommitByItsFirstDigits() {
    CommitId id = commit("main");
    for (int digits : new int[] {7, 12, 40}) {
      assertThat(host().repositories().find(REPOSITORY, id.value().substring(0, digits)))
          .contains(id);
    }
    assertThat(host().repositories().find(REPOSITORY, UNKNOWN.abbreviated())).isEmpty();
  }

  @Test
  void readsAFileAsOfACommit() {
    String docker = "FROM scratch\n# ä 😀\n";
    CommitId first = commit("main", Map.of("Dockerfile", docker, "a dir/b#.txt", ""), "One");
    CommitId second = commit("main", Map.of("Dockerfile", "FROM other\n"), "Two");
    assertThat(host().repositories().file(REPOSITORY, first, "Dockerfile")).contains(docker);
    assertThat(host().repositories().file(REPOSITORY, second, "Dockerfile"))
        .contains("FROM other\n");
    assertThat(host().repositories().file(REPOSITORY, second, "a dir/b#.txt")).contains("");
    assertThat(host().repositories().file(REPOSITORY, first, "a dir")).isEmpty();
    assertThat(host().repositories().file(REPOSITORY, first, "dockerfile")).isEmpty();
    assertThat(host().repositories().file(REPOSITORY, UNKNOWN, "Dockerfile")).isEmpty();
  }

  @Test
  void readsAFileOfOneMebibyteAndRefusesALargerOne() {
    String largest = "#".repeat((1 << 20) - 1) + "\n";
    CommitId fits = commit("main", Map.of("Dockerfile", largest), "Fits");
    CommitId larger = commit("main", Map.of("Dockerfile", largest + "\n"), "Larger");

    assertThat(host().repositories().file(REPOSITORY, fits, "Dockerfile")).contains(largest);
    assertThatThrownBy(() -> host().repositories().file(REPOSITORY, larger, "Dockerfile"))
        .isInstanceOfSatisfying(
            InvalidInput.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREADABLE_FILE));
  }

  @Test
  void tellsHowCommitsLieToEachOther() {
    CommitId base = commit("main");
    CommitId left = commit("left");
    CommitId right = commit("main");
    assertThat(host().repositories().compare(REPOSITORY, base, base))
        .contains(CommitRelation.IDENTICAL);
    assertThat(host().repositories().compare(REPOSITORY, base, left))
        .contains(CommitRelation.AHEAD);
    assertThat(host().repositories().compare(REPOSITORY, left, base))
        .contains(CommitRelation.BEHIND);
    assertThat(host().repositories().compare(REPOSITORY, left, right))
        .contains(CommitRelation.DIVERGED);
    assertThat(host().repositories().compare(REPOSITORY, base, UNKNOWN)).isEmpty();
    assertThat(host().repositories().compare(REPOSITORY, UNKNOWN, base)).isEmpty();
  }
}
