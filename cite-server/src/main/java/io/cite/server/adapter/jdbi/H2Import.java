package io.cite.server.adapter.jdbi;

import io.cite.core.error.Upstream;
import java.io.IOException;
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

  private H2Import() {}

  /**
   * Copies these tables, which the new database has to have with the same columns.
   *
   * @param old the file of H2, with its ending {@code .mv.db}
   * @param target the file of SQLite
   * @param migrations makes the tables in a new file
   */
  static void run(String name, Path old, Path target, List<String> tables, Migrations migrations) {
    if (!Files.exists(old)) {
      return;
    }
    Path backup = old.resolveSibling(old.getFileName() + ".migrated");
    try {
      if (!Files.exists(target)) {
        Path part = target.resolveSibling(target.getFileName() + ".import");
        Files.deleteIfExists(part);
        migrations.apply(part);
        long rows = copy(old, part, tables);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        LOG.info("{}: {} rows were copied from {} to {}.", name, rows, old, target);
      }
      Files.move(old, backup, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | SQLException e) {
      throw Upstream.storeUnavailable(name, "copy " + old, String.valueOf(e.getMessage()), e);
    }
  }

  /** Makes the tables of an empty file. */
  @FunctionalInterface
  interface Migrations {
    void apply(Path file);
  }

  private static long copy(Path old, Path part, List<String> tables) throws SQLException {
    String path = old.toAbsolutePath().toString();
    String h2 = "jdbc:h2:file:" + path.substring(0, path.length() - ".mv.db".length());
    String sqlite = "jdbc:sqlite:" + part + "?journal_mode=DELETE&synchronous=FULL";
    long rows = 0;
    try (Connection from = DriverManager.getConnection(h2 + ";ACCESS_MODE_DATA=r");
        Connection to = DriverManager.getConnection(sqlite)) {
      to.setAutoCommit(false);
      for (String table : tables) {
        rows += copy(from, to, table);
      }
      to.commit();
    }
    return rows;
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
