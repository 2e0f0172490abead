package io.cite.server.adapter.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.error.ErrorCode;
import io.cite.core.error.Upstream;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Commit;
import io.cite.core.port.MetadataStore.Entry;
import io.cite.core.port.MetadataStore.Transaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
          .hasMessageContaining("another process has the database file open");
    }
  }

  @Test
  void saysThatTheFileIsNoDatabase() throws Exception {
    Files.writeString(directory.resolve("store.mv.db"), "no database");

    assertThatThrownBy(() -> new TestStore(directory))
        .isInstanceOfSatisfying(
            Upstream.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
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
