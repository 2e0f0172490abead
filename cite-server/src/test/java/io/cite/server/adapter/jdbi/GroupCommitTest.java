package io.cite.server.adapter.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Commit;
import io.cite.core.port.MetadataStore.Transaction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Protects the only thread that writes from what watchers of a transaction do. */
@Timeout(60)
class GroupCommitTest {

  @Test
  void writesOnAfterAMistakeOfAWatcher(@TempDir Path folder) {
    AtomicInteger notified = new AtomicInteger();
    try (Database database = Databases.openStore(JdbcSettings.sqlite(folder.resolve("store")));
        GroupCommit commits =
            new GroupCommit(
                database,
                (transaction, revision) -> {
                  if (notified.incrementAndGet() == 1) {
                    throw new IllegalStateException("a mistake");
                  }
                  if (notified.get() == 2) {
                    throw new NoClassDefFoundError("io/cite/X");
                  }
                })) {
      for (int i = 1; i <= 3; i++) {
        Transaction transaction =
            new Transaction(List.of(), List.of(new Change.Put("/cite/.x/" + i, Map.of("v", 1L))));
        assertThat(commits.commit(transaction)).isInstanceOf(Commit.Committed.class);
      }
    }
    assertThat(notified).hasValue(3);
  }
}
