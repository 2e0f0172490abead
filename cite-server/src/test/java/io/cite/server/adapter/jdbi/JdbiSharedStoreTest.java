package io.cite.server.adapter.jdbi;

import io.cite.core.contract.SharedStoreContract;
import io.cite.core.port.MetadataStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class JdbiSharedStoreTest extends SharedStoreContract {
  @TempDir Path directory;
  private TestStore opened;

  @BeforeEach
  void open() {
    opened = new TestStore(directory);
  }

  @AfterEach
  void close() {
    opened.close();
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
