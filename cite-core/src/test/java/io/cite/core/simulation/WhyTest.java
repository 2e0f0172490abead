package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.error.CiteException;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.InvalidInput;
import io.cite.core.error.Upstream;
import io.cite.core.usecase.build.AcceptDelivery;
import io.cite.core.usecase.operate.Explain;
import io.cite.core.usecase.operate.FindCommit;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What CITE says of commits that have no build of their own, and how they may be written. */
class WhyTest {
  private static final CommitId UNKNOWN = CommitId.parse("0123456789".repeat(4));

  private final World world = new World();

  private List<Explain.Entry> why(CommitId commit) {
    return world.useCases.explain().execute(new Explain.Command(World.REPOSITORY, commit));
  }

  private CommitId find(String text) {
    return world.useCases.findCommit().execute(new FindCommit.Command(World.REPOSITORY, text));
  }

  /** Two commits in one push: the host delivers the newer one, with the older one in its list. */
  private List<CommitId> pushTwo(String pusher) {
    CommitId older = world.push("older");
    world.loseMail();
    CommitId newer = world.push("newer");
    AcceptDelivery.Command sent = Objects.requireNonNull(world.mail().poll());
    SourceEvent.Pushed push = (SourceEvent.Pushed) sent.content();
    world
        .mail()
        .add(
            new AcceptDelivery.Command(
                sent.id(),
                sent.event(),
                sent.bodySha256(),
                new SourceEvent.Pushed(
                    push.repository(),
                    push.repositoryId(),
                    push.branch(),
                    push.after(),
                    push.forced(),
                    List.of(older),
                    pusher)));
    world.settle();
    return List.of(older, newer);
  }

  @Test
  void theEarlierCommitOfAPushNamesThePushAndTheBuildAndThenTheDeployment() {
    world.create();
    List<CommitId> pushed = pushTwo("kim");

    assertThat(why(pushed.get(0)))
        .extracting(Explain.Entry::kind)
        .containsExactly(Explain.Kind.DELIVERY, Explain.Kind.CONCLUSION);
    assertThat(why(pushed.get(0)).get(0).text())
        .contains("The push carried this commit", "by kim", pushed.get(1).abbreviated());
    assertThat(why(pushed.get(0)).get(1).text())
        .contains("Build 1 of acme/hello/main contains it", pushed.get(1).abbreviated());

    world.build(true);
    world.settle();
    List<Explain.Entry> live = why(pushed.get(0));
    Explain.Entry last = live.get(live.size() - 1);
    assertThat(last.text())
        .isEqualTo(
            "Deployment 1 of acme/hello/main is live and contains it, as part of commit %s."
                .formatted(pushed.get(1).abbreviated()));
    assertThat(last.at()).isEqualTo(world.clock.instant());
  }

  @Test
  void whoPushedIsWhoRequestedTheBuild() {
    world.create();
    pushTwo("kim");

    assertThat(world.builds()).singleElement().extracting(b -> b.request().by()).isEqualTo("kim");
  }

  @Test
  void aCommitFromBeforeTheServiceNamesTheDeploymentThatContainsIt() {
    CommitId before = world.source.repositories().head(World.REPOSITORY, World.MAIN).orElseThrow();
    world.create();
    assertThat(why(before))
        .extracting(Explain.Entry::text)
        .anyMatch(text -> text.startsWith("CITE received no push of this commit."))
        .anyMatch(
            text -> text.endsWith("To run this commit by itself, build it and deploy the build."));
    assertThat(why(before)).extracting(Explain.Entry::buildIn).contains(World.ENVIRONMENT);
    world.pushAndBuild("second");

    List<Explain.Entry> why = why(before);

    assertThat(why)
        .extracting(Explain.Entry::text)
        .anyMatch(text -> text.startsWith("Deployment 1 of acme/hello/main is live"));
    assertThat(why).isNotEmpty().allMatch(entry -> entry.at().equals(world.clock.instant()));
  }

  @Test
  void aCommitThatDoesNotExistIsSaidNotToExist() {
    world.create();

    assertThat(why(UNKNOWN))
        .singleElement()
        .extracting(Explain.Entry::text)
        .isEqualTo("The repository acme/hello has no commit " + UNKNOWN + ".");
  }

  @Test
  void whatTheHostCannotTellNowIsSaid() {
    world.create();
    world.faults.arm();
    why(UNKNOWN);
    int asked =
        1
            + IntStream.range(0, world.faults.calls().size())
                .filter(i -> world.faults.calls().get(i).startsWith("Repositories."))
                .findFirst()
                .orElseThrow();
    world.faults.arm();
    world.faults.failAt(
        asked,
        Faults.Moment.BEFORE,
        () -> Upstream.retryable("GitHub", "compare", "it is down", null));

    assertThat(why(UNKNOWN))
        .singleElement()
        .extracting(Explain.Entry::text)
        .asString()
        .contains("cannot be said now", "it is down");
  }

  @Test
  void shortIdsOfKnownAndOfOtherCommitsAreTaken() {
    CommitId before = world.source.repositories().head(World.REPOSITORY, World.MAIN).orElseThrow();
    world.create();
    CommitId second = world.pushAndBuild("second");

    assertThat(find(second.abbreviated())).isEqualTo(second);
    assertThat(find(second.value().substring(0, 12).toUpperCase(java.util.Locale.ROOT)))
        .isEqualTo(second);
    assertThat(find(before.abbreviated())).isEqualTo(before);
    assertThat(find(UNKNOWN.value())).isEqualTo(UNKNOWN);
  }

  @Test
  void whatIsNoCommitIsRefused() {
    world.create();

    for (String text : List.of("", "abc123", "main", "g".repeat(7), "a".repeat(41))) {
      assertThatThrownBy(() -> find(text)).isInstanceOf(InvalidInput.class);
    }
    assertThatThrownBy(() -> find(UNKNOWN.abbreviated()))
        .isInstanceOf(InvalidInput.class)
        .extracting(e -> ((CiteException) e).code())
        .isEqualTo(ErrorCode.COMMIT_NOT_FOUND);
  }

  @Test
  void anAmbiguousIdIsRefusedAndNamesTheCommits() {
    world.create();
    CommitId one = CommitId.parse("abcdef0" + "1".repeat(33));
    CommitId other = CommitId.parse("abcdef0" + "2".repeat(33));
    world.accept(
        new AcceptDelivery.Command(
            io.cite.core.domain.source.DeliveryId.parse("11111111-2222-3333-4444-555555555555"),
            "push",
            "00",
            new SourceEvent.Pushed(
                World.REPOSITORY, 1, World.MAIN, one, false, List.of(other), "kim")));

    assertThatThrownBy(() -> find("abcdef0"))
        .hasMessageContaining(one.value())
        .hasMessageContaining(other.value())
        .extracting(e -> ((CiteException) e).code())
        .isEqualTo(ErrorCode.AMBIGUOUS_COMMIT);
    assertThat(find("abcdef01")).isEqualTo(one);
  }
}
