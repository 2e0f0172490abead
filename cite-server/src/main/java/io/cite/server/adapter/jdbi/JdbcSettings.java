package io.cite.server.adapter.jdbi;

import io.cite.core.domain.service.Secret;
import io.cite.core.error.InvalidInput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a database is.
 *
 * @param url JDBC URL; a driver for anything but SQLite and H2 must be on the class path
 * @param login user and password, if they are not in the URL
 * @param timeout how long to wait for a connection
 */
public record JdbcSettings(String url, Optional<Login> login, Duration timeout) {

  private static final Pattern H2_FILE =
      Pattern.compile("(?i)jdbc:h2:(?:file:)?(?![a-z0-9]{2,}:)([^;]+)(?:;.*)?");

  /** A user of the database. */
  public record Login(String user, Secret password) {}

  public JdbcSettings {
    if (!url.startsWith("jdbc:")) {
      throw new InvalidInput("Give the database as a JDBC URL such as jdbc:sqlite:./data/audit.db");
    }
    if (timeout.toMillis() < 250) {
      throw new InvalidInput("The timeout of a database must be at least 250 ms, not " + timeout);
    }
  }

  /** A database without a separate login, waited for at most 3 s. */
  static JdbcSettings of(String url) {
    return new JdbcSettings(url, Optional.empty(), Duration.ofSeconds(3));
  }

  /** An SQLite database in a file, which is made if it is missing; {@code .db} is added. */
  public static JdbcSettings sqlite(Path file) {
    return of("jdbc:sqlite:" + file.toAbsolutePath() + ".db");
  }

  /**
   * The file of H2 that the URL names, with its ending {@code .mv.db}. Empty for another database,
   * for H2 in memory or behind a server, and for a file that several processes share.
   */
  Optional<Path> h2File() {
    Matcher file = H2_FILE.matcher(url);
    if (!file.matches() || url.toUpperCase(Locale.ROOT).contains(";AUTO_SERVER=TRUE")) {
      return Optional.empty();
    }
    String path = file.group(1).replaceFirst("^~", System.getProperty("user.home"));
    return Optional.of(Path.of(path + ".mv.db").toAbsolutePath());
  }

  boolean isSqlite() {
    return SqliteFile.isSqlite(url);
  }

  boolean isH2() {
    return url.startsWith("jdbc:h2:");
  }
}
