package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.error.Upstream;
import io.cite.core.port.Notifications;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How often CITE calls a notification target that does not take its messages. */
class OutboxRetryTest {
  private final List<Instant> calls = new ArrayList<>();
  private @Nullable Supplier<RuntimeException> refusal;
  private final World world = new World(Lenses.usual().withTargets(this::call));

  private void call(Notifications.Notice notice, World inside) {
    calls.add(inside.clock.instant());
    if (refusal != null) {
      throw refusal.get();
    }
    inside.notices.add(notice);
  }

  private long callsWithin(Duration time) {
    Instant end = calls.get(0).plus(time);
    return calls.stream().filter(at -> at.isBefore(end)).count();
  }

  private void serveUntilLive() {
    world.create();
    world.pushAndBuild("second");
    assertThat(world.live()).isNotNull();
  }

  private static Upstream broken() {
    return Upstream.retryable("notices", "send a notice", "it answered 500", null);
  }

  @Test
  void leavesATargetThatFailsAloneForLongerAndLonger() {
    refusal = OutboxRetryTest::broken;
    serveUntilLive();
    world.pass(Duration.ofHours(1));

    assertThat(callsWithin(Duration.ofSeconds(5))).isLessThanOrEqualTo(2);
    assertThat(callsWithin(Duration.ofMinutes(1))).isBetween(3L, 6L);
    assertThat(callsWithin(Duration.ofHours(1))).isLessThanOrEqualTo(25);
    assertThat(world.notices).isEmpty();
  }

  @Test
  void waitsAsLongAsTheTargetAsks() {
    refusal =
        () -> Upstream.limited("notices", "send", "it answered 429", Duration.ofMinutes(30), null);
    serveUntilLive();
    world.pass(Duration.ofMinutes(29));

    assertThat(calls).hasSize(1);
  }

  @Test
  void deliversEveryMessageOnceTheTargetTakesThemAgain() {
    refusal = OutboxRetryTest::broken;
    serveUntilLive();
    world.pass(Duration.ofMinutes(3));
    refusal = null;
    world.pass(Duration.ofMinutes(11));

    assertThat(world.notices)
        .isNotEmpty()
        .extracting(Notifications.Notice::id)
        .doesNotHaveDuplicates();
    assertThat(world.notices())
        .anyMatch(title -> title.contains("started"))
        .anyMatch(title -> title.contains("is live"));
    assertThat(world.has("/cite/.outbox/")).isFalse();
  }

  @Test
  void forgetsTheMessagesOfAServiceThatIsDeleted() {
    refusal = OutboxRetryTest::broken;
    serveUntilLive();
    assertThat(world.has("/cite/.outbox/")).isTrue();
    world.delete();
    world.pass(Duration.ofMinutes(11));
    int before = calls.size();
    world.pass(Duration.ofHours(2));

    assertThat(world.has("/cite/.outbox/")).isFalse();
    assertThat(calls).hasSize(before);
  }

  @Test
  void startsAgainWithTheStoredTimeAfterACrash() {
    refusal = OutboxRetryTest::broken;
    world.create();
    world.push("second");
    world.settle();
    world.build(false);
    world.settle();
    int before = calls.size();
    for (int crash = 0; crash < 20; crash++) {
      world.restart();
      world.settle();
    }

    // a message that was not tried yet may be tried once by each process, the failed one may not
    assertThat(calls.size() - before).isLessThanOrEqualTo(20);
  }
}
