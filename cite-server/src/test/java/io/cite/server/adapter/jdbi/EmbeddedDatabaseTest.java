package io.cite.server.adapter.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.error.ErrorCode;
import io.cite.core.error.Upstream;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Commit;
import io.cite.core.port.MetadataStore.Entry;
import io.cite.core.port.MetadataStore.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
  @TempDir Path directory;

  @Test
  void hasItsRecordsAndRevisionsAfterItWasOpenedAgain() {
    long first;
    try (TestStore opened = new TestStore(directory)) {
      first = put(opened, "/cite/a");
    }
    try (TestStore opened = new TestStore(directory)) {
      assertThat(opened.store().get("/cite/a"))
          .contains(new Entry("/cite/a", Map.of("n", 1L), first, first));
      assertThat(put(opened, "/cite/b")).isGreaterThan(first);
    }
  }

  @Test
  void hasEverythingItAcknowledgedBeforeItWasKilled() throws Exception {
    List<String> acknowledged = new ArrayList<>();
    try (OtherProcess process = OtherProcess.start(directory)) {
      for (int i = 0; i < 300; i++) {
        acknowledged.add(process.acknowledged());
      }
      process.kill();
    }

    try (TestStore opened = new TestStore(directory)) {
      assertThat(opened.store().list("/cite/n")).extracting(Entry::key).containsAll(acknowledged);
    }
  }

  @Test
  void saysThatAnotherProcessHasTheFileOpen() throws Exception {
    try (OtherProcess process = OtherProcess.start(directory)) {
      assertThat(process.acknowledged()).isEqualTo("/cite/n000000");

      assertThatThrownBy(() -> new TestStore(directory))
          .isInstanceOfSatisfying(
              Upstream.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
          .hasMessageContaining("another process uses the database file");
    }
  }

  @Test
  void refusesAFileThatIsNoDatabase() throws Exception {
    Files.writeString(directory.resolve("store.db"), "no database".repeat(20));

    assertRefused("it is not an SQLite database");
  }

  @Test
  void refusesAnEmptyFile() throws Exception {
    Files.write(directory.resolve("store.db"), new byte[0]);

    assertRefused("it has only 0 bytes");
    assertThat(directory.resolve("store.db")).isEmptyFile();
  }

  @Test
  void refusesAFileThatLostItsEnd() throws Exception {
    try (TestStore opened = new TestStore(directory)) {
      for (int i = 0; i < 200; i++) {
        put(opened, "/cite/" + i);
      }
    }
    Path file = directory.resolve("store.db");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 4096));

    assertRefused("it has " + (whole.length - 4096) + " bytes of " + whole.length);
  }

  @Test
  void refusesAFileThatLostItsEndBesideItsLog() throws Exception {
    Path copy = Files.createDirectory(directory.resolve("copy"));
    try (TestStore opened = new TestStore(directory)) {
      for (int i = 0; i < 600; i++) {
        put(opened, "/cite/" + i);
      }
      copyFile("store.db", copy);
      copyFile("store.db-wal", copy);
    }
    Path file = copy.resolve("store.db");
    byte[] whole = Files.readAllBytes(file);
    assertThat(whole.length).as("pages were copied from the log").isGreaterThan(10 * 4096);
    Files.write(file, Arrays.copyOf(whole, 2 * 4096));

    assertThatThrownBy(() -> new TestStore(copy))
        .hasMessageContaining("the file is damaged: it has 8192 bytes of " + whole.length);
    Files.write(file, whole);
    try (TestStore opened = new TestStore(copy)) {
      assertThat(opened.store().list("/cite/")).hasSize(600);
    }
  }

  @Test
  void refusesAnEmptyFileBesideItsLog() throws Exception {
    Files.write(directory.resolve("store.db"), new byte[0]);
    Files.write(directory.resolve("store.db-wal"), new byte[100]);

    assertRefused("it has only 0 bytes");
  }

  @Test
  void refusesADamagedFileOfAnEarlierVersion() throws Exception {
    Path old = directory.resolve("store.mv.db");
    Files.write(old, new byte[0]);
    assertRefused("it has only 0 bytes");
    Files.write(old, new byte[8192]);
    assertRefused("it is not an H2 database");
    Files.delete(old);
    writeH2("store");
    byte[] whole = Files.readAllBytes(old);
    Files.write(old, Arrays.copyOf(whole, 2 * 4096));
    assertRefused("it has 8192 bytes of at least ");
    Files.write(old, whole);
    try (TestStore opened = new TestStore(directory)) {
      assertThat(opened.store().list("/cite/")).hasSize(1);
    }
  }

  private void copyFile(String name, Path target) throws IOException {
    Files.copy(directory.resolve(name), target.resolve(name));
  }

  @Test
  void refusesALogWhoseFileIsMissing() throws Exception {
    Files.write(directory.resolve("store.db-wal"), new byte[100]);

    assertRefused("its write-ahead log exists, but the file itself is missing");
  }

  @Test
  void staysLockedAfterTheSameProcessTriedToOpenItTwice() throws Exception {
    try (TestStore opened = new TestStore(directory)) {
      assertThatThrownBy(() -> new TestStore(directory))
          .hasMessageContaining("another process uses the database file");
      try (OtherProcess process = OtherProcess.start(directory)) {
        assertThat(process.acknowledged()).isEmpty();
      }
      assertThat(put(opened, "/cite/a")).isPositive();
    }
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> new TestStore(directory))
        .isInstanceOfSatisfying(
            Upstream.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
        .hasMessageContaining("the file is damaged: " + why)
        .hasMessageContaining("Restore it from a backup");
  }

  @Test
  void takesOverWhatAnEarlierVersionKeptInH2() throws Exception {
    writeH2("store");
    // a process that ended in the middle has left a part
    Files.writeString(directory.resolve("store.db.import"), "part");
    for (int start = 0; start < 2; start++) {
      try (TestStore opened = new TestStore(directory)) {
        assertThat(opened.store().get("/cite/a"))
            .contains(new Entry("/cite/a", Map.of("n", 1L), 7, 40));
        assertThat(put(opened, "/cite/b" + start)).isEqualTo(42 + start);
      }
    }
    assertThat(directory.resolve("store.mv.db")).doesNotExist();
    assertThat(directory.resolve("store.mv.db.migrated")).exists();
  }

  private void writeH2(String name) throws SQLException {
    String h2 = "jdbc:h2:file:" + directory.resolve(name).toAbsolutePath();
    try (Connection old = DriverManager.getConnection(h2);
        Statement statement = old.createStatement()) {
      statement.execute(
          "CREATE TABLE document (document_key VARCHAR(1000) NOT NULL PRIMARY KEY, content CLOB NOT"
              + " NULL, create_revision BIGINT NOT NULL, revision BIGINT NOT NULL)");
      statement.execute(
          "CREATE TABLE store_revision (id INT NOT NULL PRIMARY KEY, revision BIGINT NOT NULL)");
      statement.execute("INSERT INTO store_revision VALUES (1, 41)");
      statement.execute("INSERT INTO document VALUES ('/cite/a', '{\"n\":1}', 7, 40)");
    }
  }

  @Test
  void isUnavailableOnceItIsClosed() {
    TestStore opened = new TestStore(directory);
    opened.database().close();

    assertThatThrownBy(() -> opened.store().get("/cite/a"))
        .isInstanceOfSatisfying(
            Upstream.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
    assertThatThrownBy(() -> put(opened, "/cite/a"))
        .isInstanceOfSatisfying(
            Upstream.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
    opened.close();
    assertThatThrownBy(() -> put(opened, "/cite/a")).hasMessageContaining("closed");
  }

  private static long put(TestStore opened, String key) {
    Commit commit =
        opened
            .store()
            .commit(new Transaction(List.of(), List.of(new Change.Put(key, Map.of("n", 1)))));
    return ((Commit.Committed) commit).revision();
  }
}
