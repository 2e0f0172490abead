package io.cite.server.adapter.jdbi;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.cite.core.error.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens databases and brings their tables up to date. */
public final class Databases {
  private static final Logger LOG = LoggerFactory.getLogger(Databases.class);
  private static final int CONNECTIONS = 8;
  private static final String AUDIT = "audit database";

  private Databases() {}

  /**
   * The database of the embedded metadata store.
   *
   * @throws Upstream with {@code STORE_UNAVAILABLE} if it cannot be opened, above all when another
   *     process has it open
   */
  public static Database openStore(JdbcSettings settings) {
    return open("embedded store", settings, "store", List.of("document", "store_revision"));
  }

  /**
   * The database of the audit trail. A URL that names a file of H2 opens the file of SQLite beside
   * it, into which what H2 has is copied first: H2 can lose what it has acknowledged when its
   * process is killed, and closes for good when the disk is full.
   *
   * @throws Upstream with {@code STORE_UNAVAILABLE} if it cannot be opened
   */
  public static Database openAudit(JdbcSettings settings) {
    return open(AUDIT, withoutH2(settings), "audit", List.of("audit_entry", "audit_head"));
  }

  /**
   * The database of the audit trail for reading: a file that another process has open is read
   * beside it.
   *
   * @throws Upstream with {@code STORE_UNAVAILABLE} if it cannot be opened
   */
  public static Database viewAudit(JdbcSettings settings) {
    JdbcSettings current = withoutH2(settings);
    if (current.isSqlite()) {
      Path file = SqliteFile.path(current.url());
      Optional<SqliteFile> taken = SqliteFile.takeIfFree(AUDIT, file);
      if (taken.isEmpty()) {
        HikariConfig reading = configuration(AUDIT, current, SqliteFile.readingUrl(file));
        reading.setReadOnly(true);
        return new Database(AUDIT, pool(AUDIT, current, reading), false, null);
      }
      taken.get().close();
    }
    return openAudit(settings);
  }

  private static JdbcSettings withoutH2(JdbcSettings settings) {
    return settings
        .h2File()
        .map(
            old -> {
              Path file = SqliteFile.beside(old);
              LOG.warn(
                  "The audit trail is kept in {}. Set audit.jdbcUrl to jdbc:sqlite:{}", file, file);
              return new JdbcSettings("jdbc:sqlite:" + file, settings.login(), settings.timeout());
            })
        .orElse(settings);
  }

  private static Database open(
      String name, JdbcSettings settings, String migrations, List<String> tables) {
    if (!settings.isSqlite()) {
      return open(name, settings, migrations, (SqliteFile) null);
    }
    Path file = SqliteFile.path(settings.url());
    SqliteFile taken = SqliteFile.take(name, file);
    try {
      H2Import.run(
          name,
          new H2Import.Source(SqliteFile.h2Beside(file), settings.login()),
          file,
          tables,
          part -> prepare(name, part, migrations));
      begin(name, file, migrations);
      return open(name, settings, migrations, taken);
    } catch (RuntimeException e) {
      taken.close();
      throw e;
    }
  }

  /** A new file gets its name when its tables are there, so an empty file is always a damage. */
  private static void begin(String name, Path file, String migrations) {
    if (Files.exists(file)) {
      return;
    }
    Path part = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(part);
      prepare(name, part, migrations);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw JdbcFailures.translate(name, "make " + file, e);
    }
  }

  private static void prepare(String name, Path part, String migrations) {
    open(name, JdbcSettings.of("jdbc:sqlite:" + part), migrations, (SqliteFile) null).close();
  }

  private static Database open(
      String name, JdbcSettings settings, String migrations, @Nullable SqliteFile taken) {
    HikariDataSource pool = pool(name, settings, configuration(name, settings, url(settings)));
    try {
      Flyway.configure(Databases.class.getClassLoader())
          .dataSource(pool)
          .locations("classpath:db/migration/" + migrations)
          .table("flyway_" + migrations)
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .load()
          .migrate();
    } catch (FlywayException failure) {
      pool.close();
      throw JdbcFailures.translate(name, "prepare the tables of " + settings.url(), failure);
    }
    return new Database(name, pool, settings.isH2(), taken);
  }

  private static HikariDataSource pool(String name, JdbcSettings settings, HikariConfig config) {
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException | IllegalArgumentException failure) {
      throw JdbcFailures.translate(name, "open " + settings.url(), failure);
    }
  }

  private static HikariConfig configuration(String name, JdbcSettings settings, String url) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name.replace(' ', '-'));
    config.setJdbcUrl(url);
    settings
        .login()
        .ifPresent(
            login -> {
              config.setUsername(login.user());
              config.setPassword(login.password().reveal());
            });
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(settings.timeout().toMillis());
    return config;
  }

  private static String url(JdbcSettings settings) {
    if (settings.isSqlite()) {
      return SqliteFile.url(SqliteFile.path(settings.url()));
    }
    return settings.isH2() ? durable(settings.url()) : settings.url();
  }

  /** H2 by itself writes up to half a second after the commit, and ends before we do. */
  private static String durable(String url) {
    String upper = url.toUpperCase(Locale.ROOT);
    String result = url;
    if (!upper.contains("WRITE_DELAY=")) {
      result += ";WRITE_DELAY=0";
    }
    if (!upper.contains("DB_CLOSE_ON_EXIT=")) {
      result += ";DB_CLOSE_ON_EXIT=FALSE";
    }
    return result;
  }
}
