package io.cite.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cite.core.domain.deploy.ReportedState;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.Commit;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.Lineage;
import io.cite.core.domain.source.Permission;
import io.cite.core.domain.source.Repository;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.NotFound;
import io.cite.core.port.SourceHost;
import io.cite.core.port.SourceHost.CollaboratorAnswer;
import io.cite.core.port.SourceHost.FailedDelivery;
import io.cite.core.port.SourceHost.HeadAnswer;
import io.cite.core.port.SourceHost.HookAnswer;
import io.cite.core.port.SourceHost.HookSpec;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link SourceHost} promises. Each test begins with the repository {@link #REPOSITORY},
 * public, administered by the host's account, without commits, hooks or collaborators.
 */
public abstract class SourceHostContract {
  /** The repository that is there. */
  protected static final RepositoryName REPOSITORY = RepositoryName.parse("acme/hello");

  private static final RepositoryName MISSING = RepositoryName.parse("acme/missing");
  private static final CommitId UNKNOWN = CommitId.parse("0123456789abcdef".repeat(3).substring(8));
  private static final BranchName MAIN = BranchName.parse("main");
  private static final String CONTEXT = "buildbot/cite-build";
  private static final String URL = "http://127.0.0.1:9/hook";
  private static final HookSpec HOOK =
      new HookSpec(URL, Set.of("push", "status"), Secret.of("one"));

  private int changes;

  /** The host under test. */
  protected abstract SourceHost host();

  /**
   * Puts a commit on a branch of {@link #REPOSITORY}. A branch that is new begins at the head of
   * {@code main}; the first commit makes {@code main}.
   */
  protected abstract CommitId commit(String branch, Map<String, String> files, String message);

  /** Has the hooks be told of a push that none of them can be reached for. */
  protected abstract void pushInVain();

  /** An account that exists, may not push, and whose invitations the host accepts. */
  protected abstract String ownAccount();

  /** An account that exists, may not push, and whose invitations only its owner can accept. */
  protected abstract String otherAccount();

  private CommitId commit(String branch) {
    return commit(branch, Map.of("file.txt", branch + ++changes), "Change " + branch);
  }

  @Test
  void describesTheRepository() {
    commit("main");
    Repository found = host().repository(REPOSITORY);
    assertThat(found.name().sameAs(REPOSITORY)).isTrue();
    assertThat(found.id()).isPositive();
    assertThat(found.defaultBranch()).isEqualTo(MAIN);
    assertThat(found.archived()).isFalse();
    assertThat(found.permission()).isEqualTo(Permission.ADMIN);
    assertThat(found.htmlUrl()).endsWith("/acme/hello");
    assertThat(host().repository(REPOSITORY).id()).isEqualTo(found.id());
  }

  @Test
  void saysThatARepositoryIsMissing() {
    SourceHost host = host();
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> host.repository(MISSING),
            () -> host.permission(MISSING, otherAccount()),
            () -> host.head(MISSING, MAIN),
            () -> host.headSince(MISSING, MAIN, null),
            () -> host.commit(MISSING, UNKNOWN),
            () -> host.file(MISSING, UNKNOWN, "Dockerfile"),
            () -> host.compare(MISSING, UNKNOWN, UNKNOWN),
            () -> host.ensureHook(MISSING, HOOK),
            () -> host.failedDeliveries(MISSING, 1, Instant.EPOCH),
            () -> host.statuses(MISSING, UNKNOWN, CONTEXT),
            () -> host.findDeployment(MISSING, UNKNOWN, "hello/main", "s"),
            () -> host.announce(MISSING, UNKNOWN, "hello/main", "s", ""),
            () -> host.reportDeployment(MISSING, 1, ReportedState.SUCCESS, "", null))) {
      NotFound missing = catchThrowableOfType(NotFound.class, call);
      assertThat(missing).isNotNull();
      assertThat(missing.code()).isEqualTo(ErrorCode.REPOSITORY_NOT_FOUND);
    }
  }

  @Test
  void knowsWhoMayDoWhat() {
    assertThat(host().permission(REPOSITORY, "acme")).isEqualTo(Permission.ADMIN);
    assertThat(host().permission(REPOSITORY, otherAccount()).includes(Permission.PUSH)).isFalse();
    assertThat(host().permission(REPOSITORY, "nobody-of-that-name")).isEqualTo(Permission.NONE);
    assertThat(host().permission(REPOSITORY, "no login/..")).isEqualTo(Permission.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "feature/x", "feature/ü+x#1", "50%25;a&b=c", "a\u0308/b"})
  void findsTheHeadOfABranchWhateverItIsCalled(String branch) {
    commit("main");
    commit(branch);
    CommitId head = commit(branch);
    assertThat(host().head(REPOSITORY, BranchName.parse(branch))).contains(head);
  }

  @Test
  void findsNoHeadOfABranchThatIsMissing() {
    assertThat(host().head(REPOSITORY, MAIN)).isEmpty();
    commit("main");
    commit("feature/x");
    assertThat(host().head(REPOSITORY, BranchName.parse("feature"))).isEmpty();
    assertThat(host().headSince(REPOSITORY, BranchName.parse("mai"), null).head()).isNull();
  }

  @Test
  void tellsAHeadOnceUntilItChanges() {
    CommitId first = commit("main");
    HeadAnswer answer = host().headSince(REPOSITORY, MAIN, null);
    assertThat(answer.unchanged()).isFalse();
    assertThat(answer.head()).isEqualTo(first);
    String etag = answer.etag();
    if (etag != null) {
      HeadAnswer again = host().headSince(REPOSITORY, MAIN, etag);
      assertThat(again).isEqualTo(new HeadAnswer(true, null, etag));
    }
    CommitId second = commit("main");
    HeadAnswer changed = host().headSince(REPOSITORY, MAIN, etag);
    assertThat(changed.unchanged()).isFalse();
    assertThat(changed.head()).isEqualTo(second);
  }

  @Test
  void readsACommit() {
    CommitId id = commit("main", Map.of("a", "b"), "Say hello\n\nWith a body.");
    Commit commit = host().commit(REPOSITORY, id).orElseThrow();
    assertThat(commit.id()).isEqualTo(id);
    assertThat(commit.message().strip()).isEqualTo("Say hello\n\nWith a body.");
    assertThat(commit.author()).matches("[^<>]+ <[^<>]+>");
    assertThat(commit.authoredAt()).isAfter(Instant.parse("2000-01-01T00:00:00Z"));
    assertThat(commit.htmlUrl()).endsWith("/acme/hello/commit/" + id);
    assertThat(host().commit(REPOSITORY, UNKNOWN)).isEmpty();
  }

  @Test
  void readsAFileAsOfACommit() {
    String docker = "FROM scratch\n# ä 😀\n";
    CommitId first = commit("main", Map.of("Dockerfile", docker, "a dir/b#.txt", ""), "One");
    CommitId second = commit("main", Map.of("Dockerfile", "FROM other\n"), "Two");
    assertThat(host().file(REPOSITORY, first, "Dockerfile")).contains(docker);
    assertThat(host().file(REPOSITORY, second, "Dockerfile")).contains("FROM other\n");
    assertThat(host().file(REPOSITORY, second, "a dir/b#.txt")).contains("");
    assertThat(host().file(REPOSITORY, first, "a dir")).isEmpty();
    assertThat(host().file(REPOSITORY, first, "dockerfile")).isEmpty();
    assertThat(host().file(REPOSITORY, UNKNOWN, "Dockerfile")).isEmpty();
  }

  @Test
  void tellsHowCommitsLieToEachOther() {
    CommitId base = commit("main");
    CommitId left = commit("left");
    CommitId right = commit("main");
    assertThat(host().compare(REPOSITORY, base, base)).contains(Lineage.IDENTICAL);
    assertThat(host().compare(REPOSITORY, base, left)).contains(Lineage.AHEAD);
    assertThat(host().compare(REPOSITORY, left, base)).contains(Lineage.BEHIND);
    assertThat(host().compare(REPOSITORY, left, right)).contains(Lineage.DIVERGED);
    assertThat(host().compare(REPOSITORY, base, UNKNOWN)).isEmpty();
    assertThat(host().compare(REPOSITORY, UNKNOWN, base)).isEmpty();
  }

  @Test
  void hasOneHookForAUrlHoweverOftenItIsEnsured() {
    HookAnswer first = host().ensureHook(REPOSITORY, HOOK);
    assertThat(first.created()).isTrue();
    HookSpec changed = new HookSpec(URL, Set.of("push", "delete"), Secret.of("two"));
    assertThat(host().ensureHook(REPOSITORY, changed)).isEqualTo(new HookAnswer(first.id(), false));
    HookSpec other = new HookSpec(URL + "/other", Set.of("push"), Secret.of("three"));
    assertThat(host().ensureHook(REPOSITORY, other).id()).isNotEqualTo(first.id());
    host().removeHook(REPOSITORY, URL);
    assertThat(host().ensureHook(REPOSITORY, other).created()).isFalse();
    assertThat(host().ensureHook(REPOSITORY, HOOK).created()).isTrue();
  }

  @Test
  void removesNoHookWhereThereIsNone() {
    host().removeHook(REPOSITORY, URL);
    host().removeHook(REPOSITORY, URL);
    assertThat(host().ensureHook(REPOSITORY, HOOK).created()).isTrue();
  }

  @Test
  void listsTheDeliveriesThatFailed() {
    commit("main");
    long hook = host().ensureHook(REPOSITORY, HOOK).id();
    pushInVain();
    pushInVain();
    List<FailedDelivery> failed =
        host().failedDeliveries(REPOSITORY, hook, Instant.EPOCH).stream()
            .filter(delivery -> delivery.event().equals("push"))
            .toList();
    assertThat(failed).hasSize(2);
    assertThat(failed).extracting(FailedDelivery::guid).doesNotHaveDuplicates();
    assertThat(failed).isSortedAccordingTo(Comparator.comparing(FailedDelivery::at));
    Instant later = failed.get(1).at().plusSeconds(60);
    assertThat(host().failedDeliveries(REPOSITORY, hook, later)).isEmpty();
    host().redeliver(REPOSITORY, hook, failed.get(0).id());
  }

  @Test
  void saysThatAHookIsGone() {
    assertThatThrownBy(() -> host().failedDeliveries(REPOSITORY, 987_654_321, Instant.EPOCH))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> host().redeliver(REPOSITORY, 987_654_321, 1))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void addsItsOwnAccountByAnInvitationThatItAccepts() {
    assertThat(host().ensureCollaborator(REPOSITORY, ownAccount()))
        .isEqualTo(CollaboratorAnswer.ADDED);
    assertThat(host().permission(REPOSITORY, ownAccount())).isEqualTo(Permission.PUSH);
    assertThat(host().ensureCollaborator(REPOSITORY, ownAccount()))
        .isEqualTo(CollaboratorAnswer.MEMBER);
    host().removeCollaborator(REPOSITORY, ownAccount());
    assertThat(host().permission(REPOSITORY, ownAccount()).includes(Permission.PUSH)).isFalse();
    host().removeCollaborator(REPOSITORY, ownAccount());
  }

  @Test
  void canOnlyInviteAnotherAccount() {
    for (int i = 0; i < 2; i++) {
      assertThat(host().ensureCollaborator(REPOSITORY, otherAccount()))
          .isEqualTo(CollaboratorAnswer.INVITED);
    }
    assertThat(host().permission(REPOSITORY, otherAccount()).includes(Permission.PUSH)).isFalse();
    host().removeCollaborator(REPOSITORY, otherAccount());
  }

  @Test
  void takesTheOwnerForAMember() {
    assertThat(host().ensureCollaborator(REPOSITORY, "acme")).isEqualTo(CollaboratorAnswer.MEMBER);
  }

  @Test
  void keepsTheStatusesOfACommitInOrder() {
    CommitId commit = commit("main");
    report(commit, CommitStatus.State.PENDING, CONTEXT, "waits", null);
    report(commit, CommitStatus.State.FAILURE, "other", "no", null);
    report(commit, CommitStatus.State.SUCCESS, CONTEXT, "imageName:r/x", "http://ci.invalid/1");
    List<CommitStatus> found = host().statuses(REPOSITORY, commit, CONTEXT);
    assertThat(found)
        .extracting(CommitStatus::state)
        .containsExactly(CommitStatus.State.PENDING, CommitStatus.State.SUCCESS);
    assertThat(found.get(1).id()).isGreaterThan(found.get(0).id());
    assertThat(found.get(0).targetUrl()).isNull();
    assertThat(found.get(1).targetUrl()).isEqualTo("http://ci.invalid/1");
    assertThat(found.get(1).description()).isEqualTo("imageName:r/x");
    assertThat(found).extracting(CommitStatus::context).containsOnly(CONTEXT);
    assertThat(host().statuses(REPOSITORY, commit, "third")).isEmpty();
  }

  private void report(
      CommitId commit,
      CommitStatus.State state,
      String context,
      String description,
      @Nullable String url) {
    host().reportStatus(REPOSITORY, commit, state, context, description, url);
  }

  @Test
  void cutsDescriptionsTo140Characters() {
    CommitId commit = commit("main");
    String text = "x".repeat(139) + "😀 and more";
    report(commit, CommitStatus.State.ERROR, CONTEXT, text, null);
    assertThat(host().statuses(REPOSITORY, commit, CONTEXT))
        .extracting(CommitStatus::description)
        .containsExactly("x".repeat(139) + "😀");
    long id = host().announce(REPOSITORY, commit, "hello/main", "s", text);
    host().reportDeployment(REPOSITORY, id, ReportedState.FAILURE, text, null);
  }

  @Test
  void findsTheDeploymentThatASagaAnnounced() {
    commit("main");
    CommitId commit = commit("feature/x");
    String environment = "hello/feature/x";
    assertThat(host().findDeployment(REPOSITORY, commit, environment, "saga-1")).isEmpty();
    long first = host().announce(REPOSITORY, commit, environment, "saga-1", "one");
    long second = host().announce(REPOSITORY, commit, environment, "saga-2", "two");
    assertThat(second).isNotEqualTo(first);
    assertThat(host().findDeployment(REPOSITORY, commit, environment, "saga-1")).contains(first);
    assertThat(host().findDeployment(REPOSITORY, commit, environment, "saga-2")).contains(second);
    assertThat(host().findDeployment(REPOSITORY, commit, environment, "saga-3")).isEmpty();
    assertThat(host().findDeployment(REPOSITORY, commit, "hello/main", "saga-1")).isEmpty();
    assertThat(host().findDeployment(REPOSITORY, commit("main"), environment, "saga-1")).isEmpty();
  }

  @Test
  void takesEveryStateOfADeployment() {
    CommitId commit = commit("main");
    long id = host().announce(REPOSITORY, commit, "hello/main", "s", "");
    host().reportDeployment(REPOSITORY, id, ReportedState.PENDING, "waits", null);
    host().reportDeployment(REPOSITORY, id, ReportedState.SUCCESS, "", "http://hello.invalid");
    host().reportDeployment(REPOSITORY, id, ReportedState.INACTIVE, "replaced", null);
  }

  @Test
  void saysThatADeploymentIsGone() {
    assertThatThrownBy(
            () -> host().reportDeployment(REPOSITORY, 987_654_321, ReportedState.SUCCESS, "", null))
        .isInstanceOf(NotFound.class);
  }
}
