package io.cite.server.adapter.jdbi;

import java.nio.file.Path;

/** An embedded store in a file of the test. */
final class TestStore implements AutoCloseable {
  private final Database database;
  private final JdbiMetadataStore store;

  TestStore(Path directory) {
    database = Databases.openStore(JdbcSettings.sqlite(directory.resolve("store")));
    store = new JdbiMetadataStore(database);
  }

  JdbiMetadataStore store() {
    return store;
  }

  Database database() {
    return database;
  }

  @Override
  public void close() {
    store.close();
    database.close();
  }
}
