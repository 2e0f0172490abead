package io.cite.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.port.AuditTrail;
import io.cite.core.port.AuditTrail.Numbered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every audit trail promises. */
public abstract class AuditTrailContract {

  /** An empty trail; the same one throughout a test. */
  protected abstract AuditTrail trail();

  @Test
  void isEmptyInTheBeginning() {
    assertThat(trail().list(null, 10)).isEmpty();
  }

  @Test
  void numbersEntriesFromOneAndListsTheNewestFirst() {
    AuditEntry first = entry("first");
    AuditEntry second = entry("second");
    append(trail(), first);
    append(trail(), second);

    assertThat(trail().list(null, 10))
        .containsExactly(new Numbered(2, second), new Numbered(1, first));
  }

  @Test
  void returnsEntriesAsTheyWereWritten() {
    AuditEntry odd =
        new AuditEntry(
            Instant.parse("2024-02-29T23:59:59.123456789Z"),
            "zoë \"the\" admin",
            AuditAction.ACCESS_DENY,
            "acme/hello/feature/ü",
            AuditEntry.Outcome.DENIED,
            "line one\r\nline two\t\u0000 | \\ \uD83D\uDE80 ' OR 1=1 --");
    AuditEntry empty =
        new AuditEntry(
            Instant.EPOCH, "", AuditAction.DELIVERY_REFUSE, "", AuditEntry.Outcome.FAILED, "");
    append(trail(), odd);
    append(trail(), empty);

    assertThat(trail().list(null, 2)).extracting(Numbered::entry).containsExactly(empty, odd);
  }

  @Test
  void returnsALongDetailInFull() {
    AuditEntry entry = entry("x".repeat(20_000));
    append(trail(), entry);

    assertThat(trail().list(null, 1)).extracting(Numbered::entry).containsExactly(entry);
  }

  @Test
  void keepsTheSameEntryUnderTwoIds() {
    trail().append("one", entry("same"));
    trail().append("another", entry("same"));

    assertThat(trail().list(null, 10)).hasSize(2);
  }

  @Test
  void keepsAnEntryOnceWhoeverAppendsItAgain() {
    trail().append("first", entry("first"));
    trail().append("second", entry("second"));
    trail().append("first", entry("first"));

    assertThat(trail().list(null, 10))
        .containsExactly(new Numbered(2, entry("second")), new Numbered(1, entry("first")));
  }

  @Test
  void isWritableWithoutAChange() {
    trail().append("first", entry("first"));
    trail().requireWritable();

    assertThat(trail().list(null, 10)).containsExactly(new Numbered(1, entry("first")));
  }

  @Test
  void listsInPages() {
    LongStream.rangeClosed(1, 25).forEach(i -> append(trail(), entry("entry " + i)));

    List<Numbered> read = new ArrayList<>();
    List<Numbered> page = trail().list(null, 10);
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(10);
      read.addAll(page);
      page = trail().list(read.get(read.size() - 1).sequence(), 10);
    }

    assertThat(read)
        .extracting(Numbered::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 25).map(i -> 26 - i).boxed().toList());
    assertThat(read).hasSize(25).allMatch(n -> n.entry().detail().equals("entry " + n.sequence()));
  }

  @Test
  void numbersWithoutGapsWhenManyAppendAtOnce() throws Exception {
    int threads = 8;
    int each = 10;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> writers = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        String name = "writer " + thread;
        writers.add(
            () -> {
              for (int i = 0; i < each; i++) {
                append(trail(), entry(name));
              }
              return null;
            });
      }
      for (Future<Void> writer : pool.invokeAll(writers, 60, TimeUnit.SECONDS)) {
        writer.get();
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(trail().list(null, 1000))
        .extracting(Numbered::sequence)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, (long) threads * each)
                .map(i -> (long) threads * each + 1 - i)
                .boxed()
                .toList());
  }

  /** Appends an entry under an id that no other has. */
  protected static void append(AuditTrail trail, AuditEntry entry) {
    trail.append(UUID.randomUUID().toString(), entry);
  }

  /** An entry with that detail. */
  protected static AuditEntry entry(String detail) {
    return new AuditEntry(
        Instant.parse("2024-01-02T03:04:05Z"),
        "alice",
        AuditAction.DEPLOYMENT_REQUEST,
        "acme/hello/main",
        AuditEntry.Outcome.ACCEPTED,
        detail);
  }
}
