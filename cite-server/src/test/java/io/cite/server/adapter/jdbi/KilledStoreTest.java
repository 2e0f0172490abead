package io.cite.server.adapter.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Commit;
import io.cite.core.port.MetadataStore.Entry;
import io.cite.core.port.MetadataStore.Transaction;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that writes with many threads is killed again and again, at random moments. The test
 * keeps the ledger: whatever the process said was stored must be there afterwards. {@code
 * -Dstore.kills=N} sets how often.
 */
class KilledStoreTest {
  private static final int KILLS = Integer.getInteger("store.kills", 8);
  private static final long SEED = Long.getLong("store.seed", System.nanoTime());
  private static final int WRITERS = 6;

  @TempDir Path directory;

  @Test
  void losesNothingThatItAcknowledgedHoweverOftenItIsKilled() throws Exception {
    Random random = new Random(SEED);
    Map<String, Long> ledger = new HashMap<>();
    Set<Long> audited = new HashSet<>();
    for (int kill = 0; kill < KILLS; kill++) {
      run(kill, 20 + random.nextInt(400), ledger, audited);
      assertNothingIsLost(kill, ledger, audited);
    }
    System.Logger log = System.getLogger(KilledStoreTest.class.getName());
    log.log(
        System.Logger.Level.INFO,
        "{0} kills: {1} documents and {2} audit entries acknowledged, none lost",
        KILLS,
        ledger.size(),
        audited.size());
  }

  private void run(int generation, int millis, Map<String, Long> ledger, Set<Long> audited)
      throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledStoreTest.class.getName(),
                directory.toString(),
                Integer.toString(generation))
            .redirectError(directory.resolve("errors.txt").toFile())
            .start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String first = output.readLine();
      while (first != null && !note(first, ledger, audited)) {
        first = output.readLine();
      }
      assertThat(first)
          .as("what the process says: %s", Files.readString(directory.resolve("errors.txt")))
          .isNotNull();
      CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
          .execute(process::destroyForcibly);
      for (String line = readLine(output); line != null; line = readLine(output)) {
        note(line, ledger, audited);
      }
    } finally {
      process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }
  }

  private static String readLine(BufferedReader output) {
    try {
      return output.readLine();
    } catch (IOException killed) {
      return null;
    }
  }

  /** Notes an acknowledgement; a line that was cut off by the kill counts for nothing. */
  private static boolean note(String line, Map<String, Long> ledger, Set<Long> audited) {
    String[] words = line.split(" ");
    if (words.length == 4 && words[0].equals("stored") && words[3].equals("!")) {
      Long before = ledger.put(words[1], Long.valueOf(words[2]));
      assertThat(before).as("a key is written once").isNull();
      return true;
    }
    if (words.length == 3 && words[0].equals("audited") && words[2].equals("!")) {
      audited.add(Long.valueOf(words[1]));
      return true;
    }
    return false;
  }

  private void assertNothingIsLost(int kill, Map<String, Long> ledger, Set<Long> audited) {
    try (TestStore opened = new TestStore(directory)) {
      Map<String, Long> there =
          opened.store().list("/cite/").stream()
              .collect(Collectors.toMap(Entry::key, Entry::revision));
      assertThat(there).as("after kill %s, seed %s", kill, SEED).containsAllEntriesOf(ledger);
      assertThat(new HashSet<>(there.values()))
          .as("no revision is given twice, seed %s", SEED)
          .hasSize(there.size());
    }
    try (Database database = Databases.openAudit(JdbcSettings.sqlite(directory.resolve("audit")))) {
      JdbiAuditTrail trail =
          new JdbiAuditTrail(database, JdbiAuditTrailTest.signature(JdbiAuditTrailTest.KEY));
      assertThat(trail.verify(null)).as("after kill %s, seed %s", kill, SEED).isEmpty();
      Set<Long> there =
          trail.list(null, Integer.MAX_VALUE).stream()
              .map(entry -> Long.valueOf(entry.entry().target()))
              .collect(Collectors.toSet());
      assertThat(there).as("after kill %s, seed %s", kill, SEED).containsAll(audited);
    }
  }

  /** Writes until it is killed. */
  public static void main(String[] arguments) {
    Path directory = Path.of(arguments[0]);
    long generation = Long.parseLong(arguments[1]);
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    TestStore opened = new TestStore(directory);
    JdbiAuditTrail trail =
        new JdbiAuditTrail(
            Databases.openAudit(JdbcSettings.sqlite(directory.resolve("audit"))),
            JdbiAuditTrailTest.signature(JdbiAuditTrailTest.KEY));
    for (int writer = 0; writer < WRITERS; writer++) {
      long first = generation * 10_000_000L + writer * 1_000_000L;
      new Thread(() -> write(opened, trail, first, out)).start();
    }
  }

  private static void write(TestStore opened, JdbiAuditTrail trail, long first, PrintStream out) {
    for (long i = first; i < first + 1_000_000; i++) {
      String key = "/cite/n" + i;
      Commit commit =
          opened
              .store()
              .commit(
                  new Transaction(
                      List.of(),
                      List.of(
                          new Change.Put(key, Map.of("text", "x".repeat(200 + (int) (i % 700)))))));
      say(out, "stored " + key + " " + ((Commit.Committed) commit).revision() + " !");
      if (i % 5 == 0) {
        trail.append(
            Long.toString(i),
            new AuditEntry(
                Instant.EPOCH,
                "test",
                AuditAction.SERVICE_CREATE,
                Long.toString(i),
                AuditEntry.Outcome.DONE,
                ""));
        say(out, "audited " + i + " !");
      }
    }
  }

  private static void say(PrintStream out, String line) {
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }
}
