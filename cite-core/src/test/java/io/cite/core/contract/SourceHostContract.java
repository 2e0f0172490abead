package io.cite.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.deploy.ReportedState;
import io.cite.core.domain.deploy.SagaId;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.Permission;
import io.cite.core.error.NotFound;
import io.cite.core.port.HookSpec;
import io.cite.core.port.source.CollaboratorAnswer;
import io.cite.core.port.source.FailedDelivery;
import io.cite.core.port.source.HookAnswer;
import io.cite.core.port.source.SourceHost;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link SourceHost} promises. */
public abstract class SourceHostContract extends SourceReadingContract {
  private static SagaId saga(long seq) {
    return new SagaId("acme/hello/main#" + seq + "@1767323045000");
  }

  @Test
  void hasOneHookForAUrlHoweverOftenItIsEnsured() {
    HookAnswer first = host().hooks().ensure(REPOSITORY, HOOK);
    assertThat(first.created()).isTrue();
    HookSpec changed = new HookSpec(URL, Set.of("push", "delete"), Secret.of("two"));
    assertThat(host().hooks().ensure(REPOSITORY, changed))
        .isEqualTo(new HookAnswer(first.id(), false));
    HookSpec other = new HookSpec(URL + "/other", Set.of("push"), Secret.of("three"));
    assertThat(host().hooks().ensure(REPOSITORY, other).id()).isNotEqualTo(first.id());
    host().hooks().remove(REPOSITORY, URL);
    assertThat(host().hooks().ensure(REPOSITORY, other).created()).isFalse();
    assertThat(host().hooks().ensure(REPOSITORY, HOOK).created()).isTrue();
  }

  @Test
  void listsTheUrlsOfHooks() {
    assertThat(host().hooks().urls(REPOSITORY)).isEmpty();
    host().hooks().ensure(REPOSITORY, HOOK);
    assertThat(host().hooks().urls(REPOSITORY)).containsExactly(URL);
  }

  @Test
  void removesNoHookWhereThereIsNone() {
    host().hooks().remove(REPOSITORY, URL);
    host().hooks().remove(REPOSITORY, URL);
    assertThat(host().hooks().ensure(REPOSITORY, HOOK).created()).isTrue();
  }

  @Test
  void listsTheDeliveriesThatFailed() {
    commit("main");
    HookId hook = host().hooks().ensure(REPOSITORY, HOOK).id();
    pushWithoutSuccess();
    pushWithoutSuccess();
    List<FailedDelivery> failed =
        host().hooks().failedDeliveries(REPOSITORY, hook, Instant.EPOCH).stream()
            .filter(delivery -> delivery.event().equals("push"))
            .toList();
    assertThat(failed)
        .hasSize(2)
        .isSortedAccordingTo(Comparator.comparing(FailedDelivery::at))
        .extracting(FailedDelivery::delivery)
        .doesNotHaveDuplicates();
    Instant later = failed.get(1).at().plusSeconds(60);
    assertThat(host().hooks().failedDeliveries(REPOSITORY, hook, later)).isEmpty();
    host().hooks().redeliver(REPOSITORY, hook, failed.get(0).attempt());
  }

  @Test
  void saysThatAHookIsGone() {
    assertThatThrownBy(
            () ->
                host().hooks().failedDeliveries(REPOSITORY, new HookId(987_654_321), Instant.EPOCH))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> host().hooks().redeliver(REPOSITORY, new HookId(987_654_321), 1))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void addsItsOwnAccountByAnInvitationThatItAccepts() {
    assertThat(host().collaborators().ensure(REPOSITORY, ownAccount()))
        .isEqualTo(CollaboratorAnswer.ADDED);
    assertThat(host().repositories().permission(REPOSITORY, ownAccount()))
        .isEqualTo(Permission.PUSH);
    assertThat(host().collaborators().ensure(REPOSITORY, ownAccount()))
        .isEqualTo(CollaboratorAnswer.MEMBER);
    host().collaborators().remove(REPOSITORY, ownAccount());
    assertThat(host().repositories().permission(REPOSITORY, ownAccount()).includes(Permission.PUSH))
        .isFalse();
    host().collaborators().remove(REPOSITORY, ownAccount());
  }

  @Test
  void canOnlyInviteAnotherAccount() {
    for (int i = 0; i < 2; i++) {
      assertThat(host().collaborators().ensure(REPOSITORY, otherAccount()))
          .isEqualTo(CollaboratorAnswer.INVITED);
    }
    assertThat(
            host().repositories().permission(REPOSITORY, otherAccount()).includes(Permission.PUSH))
        .isFalse();
    host().collaborators().remove(REPOSITORY, otherAccount());
  }

  @Test
  void takesTheOwnerForAMember() {
    assertThat(host().collaborators().ensure(REPOSITORY, "acme"))
        .isEqualTo(CollaboratorAnswer.MEMBER);
  }

  @Test
  void keepsTheStatusesOfACommitInOrder() {
    CommitId commit = commit("main");
    report(commit, CommitStatus.State.PENDING, CONTEXT, "waits", null);
    report(commit, CommitStatus.State.FAILURE, "other", "no", null);
    report(commit, CommitStatus.State.SUCCESS, CONTEXT, "imageName:r/x", "http://ci.invalid/1");
    List<CommitStatus> found = host().reports().statuses(REPOSITORY, commit, CONTEXT);
    assertThat(found)
        .extracting(CommitStatus::state)
        .containsExactly(CommitStatus.State.PENDING, CommitStatus.State.SUCCESS);
    assertThat(found.get(1).id()).isGreaterThan(found.get(0).id());
    assertThat(found.get(0).targetUrl()).isNull();
    assertThat(found.get(1).targetUrl()).isEqualTo("http://ci.invalid/1");
    assertThat(found.get(1).description()).isEqualTo("imageName:r/x");
    assertThat(found).extracting(CommitStatus::context).containsOnly(CONTEXT);
    assertThat(host().reports().statuses(REPOSITORY, commit, "third")).isEmpty();
  }

  private void report(
      CommitId commit,
      CommitStatus.State state,
      String context,
      String description,
      @Nullable String url) {
    host().reports().reportStatus(REPOSITORY, commit, state, context, description, url);
  }

  @Test
  void cutsDescriptionsTo140Characters() {
    CommitId commit = commit("main");
    String text = "x".repeat(139) + "😀 and more";
    report(commit, CommitStatus.State.ERROR, CONTEXT, text, null);
    assertThat(host().reports().statuses(REPOSITORY, commit, CONTEXT))
        .extracting(CommitStatus::description)
        .containsExactly("x".repeat(139) + "😀");
    long id = host().reports().announce(REPOSITORY, commit, "hello/main", saga(1), text);
    host().reports().reportDeployment(REPOSITORY, id, ReportedState.FAILURE, text, null);
  }

  @Test
  void findsTheDeploymentsThatASagaAnnounced() {
    commit("main");
    CommitId commit = commit("feature/x");
    String environment = "hello/feature/x";
    assertThat(host().reports().findDeployments(REPOSITORY, commit, environment, saga(1)))
        .isEmpty();
    long first = host().reports().announce(REPOSITORY, commit, environment, saga(1), "one");
    long second = host().reports().announce(REPOSITORY, commit, environment, saga(2), "two");
    assertThat(second).isNotEqualTo(first);
    assertThat(host().reports().findDeployments(REPOSITORY, commit, environment, saga(1)))
        .containsExactly(first);
    assertThat(host().reports().findDeployments(REPOSITORY, commit, environment, saga(2)))
        .containsExactly(second);
    long again =
        host().reports().announce(REPOSITORY, commit, environment, saga(1), "by somebody else");
    assertThat(host().reports().findDeployments(REPOSITORY, commit, environment, saga(1)))
        .containsExactly(first, again);
    assertThat(host().reports().findDeployments(REPOSITORY, commit, environment, saga(3)))
        .isEmpty();
    assertThat(host().reports().findDeployments(REPOSITORY, commit, "hello/main", saga(1)))
        .isEmpty();
    assertThat(host().reports().findDeployments(REPOSITORY, commit("main"), environment, saga(1)))
        .isEmpty();
  }

  @Test
  void takesEveryStateOfADeployment() {
    CommitId commit = commit("main");
    long id = host().reports().announce(REPOSITORY, commit, "hello/main", saga(1), "");
    host().reports().reportDeployment(REPOSITORY, id, ReportedState.PENDING, "waits", null);
    host()
        .reports()
        .reportDeployment(REPOSITORY, id, ReportedState.SUCCESS, "", "http://hello.invalid");
    host().reports().reportDeployment(REPOSITORY, id, ReportedState.INACTIVE, "replaced", null);

    assertThat(host().reports().findDeployments(REPOSITORY, commit, "hello/main", saga(1)))
        .containsExactly(id);
  }

  @Test
  void saysThatADeploymentIsGone() {
    assertThatThrownBy(
            () ->
                host()
                    .reports()
                    .reportDeployment(REPOSITORY, 987_654_321, ReportedState.SUCCESS, "", null))
        .isInstanceOf(NotFound.class);
  }
}
