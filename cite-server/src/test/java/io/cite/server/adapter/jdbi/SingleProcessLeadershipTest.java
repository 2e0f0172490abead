package io.cite.server.adapter.jdbi;

import io.cite.core.contract.LeadershipContract;
import io.cite.core.port.Leadership;
import io.cite.core.port.MetadataStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SingleProcessLeadershipTest extends LeadershipContract {
  @TempDir Path directory;
  private TestStore opened;

  @BeforeEach
  void open() {
    opened = new TestStore(directory);
  }

  @AfterEach
  void close() {
    closeCandidates();
    opened.close();
  }

  @Override
  protected Leadership candidate(String name) {
    return new SingleProcessLeadership(opened.store(), name);
  }

  @Override
  protected MetadataStore store() {
    return opened.store();
  }

  @Override
  protected String prefix() {
    return "/cite/";
  }
}
