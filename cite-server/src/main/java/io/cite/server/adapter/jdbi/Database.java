package io.cite.server.adapter.jdbi;

import com.zaxxer.hikari.HikariDataSource;
import io.cite.core.error.CiteException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** An open database with its tables in place. Thread-safe. */
public final class Database implements AutoCloseable {
  private final String name;
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final boolean h2;
  private final @Nullable SqliteFile file;

  /**
   * A database.
   *
   * @param file what this process has taken; null for a database that is no file of SQLite
   */
  Database(String name, HikariDataSource pool, boolean h2, @Nullable SqliteFile file) {
    this.name = name;
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    this.h2 = h2;
    this.file = file;
  }

  /** Reads. */
  <T> T read(String operation, HandleCallback<T, RuntimeException> work) {
    try {
      return jdbi.withHandle(work);
    } catch (JdbiException failure) {
      throw unavailable(operation, failure);
    }
  }

  /** Writes in one transaction, which is on the disk when this returns. */
  <T> T write(String operation, HandleCallback<T, RuntimeException> work) {
    try {
      return jdbi.withHandle(
          handle -> {
            T result = handle.inTransaction(work);
            toDisk(handle);
            return result;
          });
    } catch (JdbiException failure) {
      throw unavailable(operation, failure);
    }
  }

  /** Locks a row until the end of the transaction; SQLite has locked the whole file by then. */
  String forUpdate() {
    return file == null ? " FOR UPDATE" : "";
  }

  CiteException unavailable(String operation, Exception failure) {
    return JdbcFailures.translate(name, operation, failure);
  }

  /** A commit of H2 reaches the operating system; only this reaches the disk. */
  private void toDisk(Handle handle) {
    if (h2) {
      handle.execute("CHECKPOINT SYNC");
    }
  }

  @Override
  public void close() {
    pool.close();
    if (file != null) {
      file.close();
    }
  }
}
