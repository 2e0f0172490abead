package io.cite.server.adapter.jdbi;

import io.cite.core.domain.service.Secret;
import io.cite.core.error.InvalidInput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a database is.
 *
 * @param url JDBC URL; a driver for anything but SQLite and H2 must be on the class path
 * @param login user and password, if they are not in the URL
 * @param timeout how long to wait for a connection
 */
public record JdbcSettings(String url, Optional<Login> login, Duration timeout) {

  /** A user of the database. */
  public record Login(String user, Secret password) {}

  public JdbcSettings {
    if (!url.startsWith("jdbc:")) {
      throw new InvalidInput(
          "A database is given as a JDBC URL such as jdbc:sqlite:./data/audit.db");
    }
    if (timeout.toMillis() < 250) {
      throw new InvalidInput("The time-out of a database is at least 250 ms, not " + timeout);
    }
  }

  /** A database without a separate login, waited for at most 3 s. */
  public static JdbcSettings of(String url) {
    return new JdbcSettings(url, Optional.empty(), Duration.ofSeconds(3));
  }

  /** An SQLite database in a file, which is made if it is missing; {@code .db} is added. */
  public static JdbcSettings sqlite(Path file) {
    return of("jdbc:sqlite:" + file.toAbsolutePath() + ".db");
  }

  boolean isSqlite() {
    return SqliteFile.isSqlite(url);
  }

  boolean isH2() {
    return url.startsWith("jdbc:h2:");
  }
}
