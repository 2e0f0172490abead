package io.cite.server.adapter.jdbi;

import io.cite.core.contract.MetadataStoreContract;
import io.cite.core.port.MetadataStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class JdbiMetadataStoreTest extends MetadataStoreContract {
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
