package io.cite.server.adapter.jdbi;

import io.cite.core.error.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what an earlier version kept in H2. The rows are copied into a new file, which gets
 * its name when it is whole; then the old file is renamed. A process that ends in the middle begins
 * again. The old file stays as a backup.
 */
final class H2Import {
  private static final Logger LOG = LoggerFactory.getLogger(H2Import.class);
  private static final int BATCH = 1000;
  private static final int BLOCK = 4096;
  private static final String NO_H2 = "it is not an H2 database";

  /** Where the header of a file of H2 says that its newest part begins, in hexadecimal digits. */
  private static final Pattern LAST_BLOCK = Pattern.compile("^H:[0-9]+,block:([0-9a-f]{1,12}),");

  private H2Import() {}

  /**
   * Copies these tables, which the new database has to have with the same columns.
   *
   * @param source the file of H2
   * @param target the file of SQLite
   * @param migrations makes the tables in a new file
   */
  static void run(
      String name, Source source, Path target, List<String> tables, Migrations migrations) {
    Path old = source.file();
    if (!Files.exists(old)) {
      return;
    }
    Path backup = old.resolveSibling(old.getFileName() + ".migrated");
    try {
      if (!Files.exists(target)) {
        refuseDamaged(name, old);
        Path part = target.resolveSibling(target.getFileName() + ".import");
        Files.deleteIfExists(part);
        migrations.apply(part);
        long rows = copy(source, part, tables);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        LOG.info("{}: {} rows were copied from {} to {}.", name, rows, old, target);
      }
      Files.move(old, backup, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | SQLException e) {
      throw Upstream.storeUnavailable(name, "copy " + old, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * What is copied.
   *
   * @param file with its ending {@code .mv.db}
   * @param login of H2, where it is not its usual one
   */
  record Source(Path file, Optional<JdbcSettings.Login> login) {}

  /** H2 would take an empty file for a new database, and one that lost its end for an older one. */
  private static void refuseDamaged(String name, Path old) throws IOException {
    byte[] header = new byte[BLOCK];
    int length;
    try (InputStream in = Files.newInputStream(old)) {
      length = in.readNBytes(header, 0, BLOCK);
    }
    long size = Files.size(old);
    Matcher block = LAST_BLOCK.matcher(new String(header, 0, length, StandardCharsets.ISO_8859_1));
    if (!block.find()) {
      throw SqliteFile.damaged(
          name, "copy " + old, size < BLOCK ? "it has only " + size + " bytes" : NO_H2);
    }
    long least = (Long.parseLong(block.group(1), 16) + 1) * BLOCK;
    if (size < least) {
      throw SqliteFile.damaged(
          name, "copy " + old, "it has " + size + " bytes of at least " + least);
    }
  }

  /** Makes the tables of an empty file. */
  @FunctionalInterface
  interface Migrations {
    void apply(Path file);
  }

  private static long copy(Source source, Path part, List<String> tables) throws SQLException {
    String path = source.file().toAbsolutePath().toString();
    String h2 = "jdbc:h2:file:" + path.substring(0, path.length() - ".mv.db".length());
    String sqlite = "jdbc:sqlite:" + part + "?journal_mode=DELETE&synchronous=FULL";
    long rows = 0;
    try (Connection from = connect(h2 + ";ACCESS_MODE_DATA=r", source.login());
        Connection to = DriverManager.getConnection(sqlite)) {
      to.setAutoCommit(false);
      for (String table : tables) {
        rows += copy(from, to, table);
      }
      to.commit();
    }
    return rows;
  }

  private static Connection connect(String url, Optional<JdbcSettings.Login> login)
      throws SQLException {
    return login.isPresent()
        ? DriverManager.getConnection(url, login.get().user(), login.get().password().reveal())
        : DriverManager.getConnection(url);
  }

  private static long copy(Connection from, Connection to, String table) throws SQLException {
    long rows = 0;
    try (Statement empty = to.createStatement();
        Statement read = from.createStatement();
        ResultSet row = read.executeQuery("SELECT * FROM " + table)) {
      empty.executeUpdate("DELETE FROM " + table);
      int columns = row.getMetaData().getColumnCount();
      List<String> names = new java.util.ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        names.add(row.getMetaData().getColumnName(i));
      }
      String insert =
          "INSERT INTO %s (%s) VALUES (%s)"
              .formatted(
                  table,
                  String.join(", ", names),
                  String.join(", ", Collections.nCopies(columns, "?")));
      try (PreparedStatement write = to.prepareStatement(insert)) {
        while (row.next()) {
          for (int i = 1; i <= columns; i++) {
            Object value = row.getObject(i);
            write.setObject(i, value instanceof java.sql.Clob ? row.getString(i) : value);
          }
          write.addBatch();
          if (++rows % BATCH == 0) {
            write.executeBatch();
          }
        }
        write.executeBatch();
      }
    }
    return rows;
  }
}
