package io.cite.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.contract.SourceHostContract;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.Permission;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.error.NotFound;
import io.cite.core.port.HookSpec;
import io.cite.core.port.source.CollaboratorAnswer;
import io.cite.core.port.source.FailedDelivery;
import io.cite.core.port.source.SourceHost;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InMemorySourceHostTest extends SourceHostContract {
  private static final BranchName TRUNK = BranchName.parse("main");
  private static final String HOOK_URL = "http://cite.invalid/v1/github";

  private record Received(String url, DeliveryId id, String event, SourceEvent content) {}

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final InMemorySourceHost host = new InMemorySourceHost(clock);
  private final List<Received> received = new ArrayList<>();

  @BeforeEach
  void makeTheRepository() {
    host.create(REPOSITORY, TRUNK);
  }

  @Override
  protected SourceHost host() {
    return host;
  }

  @Override
  protected CommitId commit(String branch, Map<String, String> files, String message) {
    BranchName name = BranchName.parse(branch);
    Optional<CommitId> trunk = host.repositories().head(REPOSITORY, TRUNK);
    if (host.repositories().head(REPOSITORY, name).isEmpty() && trunk.isPresent()) {
      host.reset(REPOSITORY, name, trunk.get());
    }
    return host.push(REPOSITORY, name, message, files);
  }

  @Override
  protected void pushWithoutSuccess() {
    host.deliverTo(
        (url, id, event, content) -> {
          throw new IllegalStateException("nobody is there");
        });
    commit("main", Map.of("vain", "push " + received.size()), "Without success");
    clock.advance(java.time.Duration.ofSeconds(1));
  }

  @Override
  protected String ownAccount() {
    return InMemorySourceHost.ACCOUNT;
  }

  @Override
  protected String otherAccount() {
    return "somebody";
  }

  private HookId hook(String... events) {
    HookSpec spec = new HookSpec(HOOK_URL, Set.of(events), Secret.of("s"));
    return host.hooks().ensure(REPOSITORY, spec).id();
  }

  private void receive() {
    host.deliverTo(
        (url, id, event, content) -> received.add(new Received(url, id, event, content)));
  }

  @Test
  void deliversWhatAHookAsksForAndNothingElse() {
    receive();
    HookId hook = hook("push", "delete");
    CommitId head = commit("main", Map.of("a", "b"), "One");
    host.reports().reportStatus(REPOSITORY, head, CommitStatus.State.PENDING, "c", "d", null);
    host.delete(REPOSITORY, TRUNK);

    assertThat(received).extracting(Received::event).containsExactly("ping", "push", "delete");
    assertThat(received).isNotEmpty().extracting(Received::id).doesNotHaveDuplicates();
    assertThat(received).extracting(Received::url).containsOnly(HOOK_URL);
    assertThat(received.get(0).content()).isEqualTo(new SourceEvent.Pinged(REPOSITORY, hook));
    assertThat(received.get(1).content())
        .isInstanceOfSatisfying(
            SourceEvent.Pushed.class, pushed -> assertThat(pushed.after()).isEqualTo(head));
  }

  @Test
  void deliversAgainUnderTheSameGuidUntilItIsTaken() {
    HookId hook = hook("push");
    pushWithoutSuccess();
    FailedDelivery failed = host.hooks().failedDeliveries(REPOSITORY, hook, Instant.EPOCH).get(0);
    host.hooks().redeliver(REPOSITORY, hook, failed.attempt());
    FailedDelivery again = host.hooks().failedDeliveries(REPOSITORY, hook, Instant.EPOCH).get(0);
    assertThat(again.delivery()).isEqualTo(failed.delivery());
    assertThat(again.attempt()).isNotEqualTo(failed.attempt());

    receive();
    host.hooks().redeliver(REPOSITORY, hook, again.attempt());

    assertThat(received).extracting(Received::id).containsExactly(failed.delivery());
    assertThat(received).extracting(Received::event).containsExactly("push");
    assertThat(host.hooks().failedDeliveries(REPOSITORY, hook, Instant.EPOCH)).isEmpty();
    assertThatThrownBy(() -> host.hooks().redeliver(REPOSITORY, hook, again.attempt()))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void letsAnotherAccountPushOnceItHasAcceptedItsInvitation() {
    host.accept(REPOSITORY, "somebody");
    assertThat(host.repositories().permission(REPOSITORY, "somebody")).isEqualTo(Permission.NONE);
    host.collaborators().ensure(REPOSITORY, "somebody");
    host.accept(REPOSITORY, "somebody");
    assertThat(host.collaborators().ensure(REPOSITORY, "somebody"))
        .isEqualTo(CollaboratorAnswer.MEMBER);
  }

  @Test
  void takesNoAccountOfTheCaseOfARepositorysName() {
    assertThat(
            host.repositories()
                .get(io.cite.core.domain.source.RepositoryName.parse("ACME/Hello"))
                .id())
        .isEqualTo(host.repositories().get(REPOSITORY).id());
  }
}
