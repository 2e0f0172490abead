package io.cite.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import io.cite.core.port.LogIndex;
import io.cite.core.port.LogLine;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link LogIndex} promises. */
public abstract class LogIndexContract {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  /** A namespace that no other test has. */
  protected final Namespace namespace =
      Namespace.parse("cite-test-" + UUID.randomUUID().toString().substring(0, 8));

  /** A namespace whose indexes the first one's pattern covers too. */
  protected final Namespace neighbour = Namespace.parse(namespace + "-corp");

  /** An environment of the namespace. */
  protected final EnvironmentId environment = EnvironmentId.parse(namespace + "/hello/main");

  /** The index under test. */
  protected abstract LogIndex index();

  /** Puts a line of a pod's log there, so that it can be found at once. */
  protected abstract void givenLine(EnvironmentId environment, Instant at, String pod, String text);

  @Test
  void makesAnIndexOnce() {
    assertThat(index().ensureIndex(namespace)).isTrue();
    assertThat(index().ensureIndex(namespace)).isFalse();
  }

  @Test
  void makesIndexesOfNamespacesWithACommonBeginning() {
    assertThat(index().ensureIndex(namespace)).isTrue();
    assertThat(index().ensureIndex(neighbour)).isTrue();
    assertThat(index().ensureIndex(namespace)).isFalse();
  }

  @Test
  void makesAnIndexAgainAfterItWasRemoved() {
    index().ensureIndex(namespace);

    index().removeIndex(namespace);
    index().removeIndex(namespace);

    assertThat(index().ensureIndex(namespace)).isTrue();
  }

  @Test
  void findsNothingWhereThereAreNoLogs() {
    assertThat(index().search(environment, null, null, 10)).isEmpty();
  }

  @Test
  void findsAllLinesOldestFirst() {
    index().ensureIndex(namespace);
    givenLine(environment, NOON.plusMillis(2), "hello-main-1-abcde", "second");
    givenLine(environment, NOON.plusMillis(1), "hello-main-2-fghij", "first");

    assertThat(index().search(environment, null, null, 10))
        .containsExactly(
            new LogLine("2026-01-02T12:00:00.001Z", "hello-main-2-fghij", "first"),
            new LogLine("2026-01-02T12:00:00.002Z", "hello-main-1-abcde", "second"));
  }

  @Test
  void keepsTheOrderOfLinesWithinAMillisecond() {
    index().ensureIndex(namespace);
    givenLine(environment, NOON.plusNanos(2_000), "hello-main-1-abcde", "second");
    givenLine(environment, NOON.plusNanos(1_000), "hello-main-1-abcde", "first");

    assertThat(index().search(environment, null, null, 10))
        .extracting(LogLine::text)
        .containsExactly("first", "second");
  }

  @Test
  void findsOnlyTheLastLinesWhereThereAreMore() {
    index().ensureIndex(namespace);
    for (int i = 1; i <= 4; i++) {
      givenLine(environment, NOON.plusMillis(i), "hello-main-1-abcde", "line " + i);
    }

    assertThat(index().search(environment, null, null, 2))
        .extracting(LogLine::text)
        .containsExactly("line 3", "line 4");
    assertThat(index().search(environment, null, null, 0)).isEmpty();
  }

  @Test
  void findsLinesWithAllTheWords() {
    index().ensureIndex(namespace);
    givenLine(environment, NOON, "hello-main-1-abcde", "Connection refused by database");
    givenLine(environment, NOON.plusMillis(1), "hello-main-1-abcde", "Connection open");

    assertThat(index().search(environment, "refused connection", null, 10))
        .extracting(LogLine::text)
        .containsExactly("Connection refused by database");
  }

  @Test
  void findsLinesYoungerThanATime() {
    index().ensureIndex(namespace);
    givenLine(environment, NOON, "hello-main-1-abcde", "old");
    givenLine(environment, NOON.plusMillis(1), "hello-main-1-abcde", "young");

    assertThat(index().search(environment, null, NOON, 10))
        .extracting(LogLine::text)
        .containsExactly("young");
  }

  @Test
  void findsNoLinesOfOtherEnvironments() {
    index().ensureIndex(namespace);
    index().ensureIndex(neighbour);
    EnvironmentId two = EnvironmentId.parse(namespace + "/hello/main-2");
    EnvironmentId elsewhere = EnvironmentId.parse(neighbour + "/hello/main");
    givenLine(two, NOON, "hello-main-2-1-abcde", "of another branch");
    givenLine(elsewhere, NOON, "hello-main-1-abcde", "of another namespace");
    givenLine(environment, NOON, "hello-main-1-abcde", "mine");

    assertThat(index().search(environment, null, null, 10))
        .extracting(LogLine::text)
        .containsExactly("mine");
    assertThat(index().search(two, null, null, 10)).hasSize(1);
    assertThat(index().search(elsewhere, null, null, 10)).hasSize(1);
  }
}
