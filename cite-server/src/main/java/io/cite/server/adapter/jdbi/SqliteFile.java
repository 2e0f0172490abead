package io.cite.server.adapter.jdbi;

import io.cite.core.error.Upstream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The file of an SQLite database. One process at a time has it open: the lock on a file beside it
 * ends with the process, however that ends. A file that lost its beginning or its end is refused.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html">SQLite, database file format</a>
 */
final class SqliteFile implements AutoCloseable {
  private static final String PREFIX = "jdbc:sqlite:";
  private static final String ENDING = ".db";
  private static final String H2_ENDING = ".mv.db";
  private static final String MAGIC = "SQLite format 3\0";
  private static final int HEADER = 100;

  /**
   * What this process has taken. A second channel on a lock file must not even be opened: closing
   * it would release the lock of the first one on POSIX systems.
   */
  private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel lockFile;

  private SqliteFile(Path file, FileChannel lockFile) {
    this.file = file;
    this.lockFile = lockFile;
  }

  static boolean isSqlite(String url) {
    return url.toLowerCase(Locale.ROOT).startsWith(PREFIX);
  }

  /** The file that a JDBC URL of SQLite names. */
  static Path path(String url) {
    String rest = url.substring(PREFIX.length());
    int parameters = rest.indexOf('?');
    return Path.of(parameters < 0 ? rest : rest.substring(0, parameters)).toAbsolutePath();
  }

  /** The file of SQLite beside a file of H2 with the same records. */
  static Path beside(Path h2) {
    String name = String.valueOf(h2.getFileName());
    return h2.resolveSibling(name.substring(0, name.length() - H2_ENDING.length()) + ENDING);
  }

  /** The file of H2 in which an earlier version kept the same records. */
  static Path h2Beside(Path file) {
    String name = String.valueOf(file.getFileName());
    String base = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    return file.resolveSibling(base + H2_ENDING);
  }

  /** The driver's URL: writes ahead to a log, and a commit is on the disk before it returns. */
  static String url(Path file) {
    return PREFIX
        + file
        + "?journal_mode=WAL&synchronous=FULL&busy_timeout=10000&transaction_mode=IMMEDIATE";
  }

  /** The driver's URL for reading a file that another process writes. */
  static String readingUrl(Path file) {
    return PREFIX + file + "?open_mode=1&busy_timeout=10000";
  }

  /**
   * Checks the file and takes it for this process.
   *
   * @throws Upstream with {@code STORE_UNAVAILABLE} if another process has it, or it is damaged
   */
  static SqliteFile take(String name, Path file) {
    return takeIfFree(name, file).orElseThrow(() -> inUse(name, operation(file)));
  }

  /**
   * As {@link #take}; empty if this or another process has the file.
   *
   * @throws Upstream with {@code STORE_UNAVAILABLE} if it is damaged
   */
  static Optional<SqliteFile> takeIfFree(String name, Path file) {
    String operation = operation(file);
    if (!TAKEN.add(file)) {
      return Optional.empty();
    }
    FileChannel channel = null;
    boolean taken = false;
    try {
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      channel =
          FileChannel.open(
              file.resolveSibling(file.getFileName() + ".lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        return Optional.empty();
      }
      String damage = damage(file);
      if (damage != null) {
        throw damaged(name, operation, damage);
      }
      taken = true;
      return Optional.of(new SqliteFile(file, channel));
    } catch (IOException e) {
      throw Upstream.storeUnavailable(name, operation, String.valueOf(e.getMessage()), e);
    } finally {
      if (!taken) {
        close(channel);
        TAKEN.remove(file);
      }
    }
  }

  private static String operation(Path file) {
    return "open " + file;
  }

  private static Upstream inUse(String name, String operation) {
    return Upstream.storeUnavailable(
        name,
        operation,
        "another process uses the database file. Stop that process, or configure another file or etcd",
        null);
  }

  static Upstream damaged(String name, String operation, String damage) {
    return Upstream.storeUnavailable(
        name,
        operation,
        "the file is damaged: "
            + damage
            + ". Restore it from a backup, or move it away to start with an empty file",
        null);
  }

  private static @Nullable String damage(Path file) throws IOException {
    boolean logged = Files.exists(file.resolveSibling(file.getFileName() + "-wal"));
    if (!Files.exists(file)) {
      return logged ? "its write-ahead log exists, but the file itself is missing" : null;
    }
    long size = Files.size(file);
    if (size < HEADER) {
      return "it has only " + size + " bytes";
    }
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (header.hasRemaining() && channel.read(header) >= 0) {
        // until the header is whole
      }
    }
    if (!new String(header.array(), 0, MAGIC.length(), StandardCharsets.ISO_8859_1).equals(MAGIC)) {
      return "it is not an SQLite database";
    }
    int stored = Short.toUnsignedInt(header.getShort(16));
    long pageSize = stored == 1 ? 65_536 : stored;
    long pages = Integer.toUnsignedLong(header.getInt(28));
    return size < pages * pageSize && !(logged && isWholeWithItsLog(file))
        ? "it has " + size + " bytes of " + pages * pageSize
        : null;
  }

  /** A process that was killed while it copied pages from the log leaves a file that is shorter. */
  private static boolean isWholeWithItsLog(Path file) {
    try (Connection connection = DriverManager.getConnection(readingUrl(file));
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("PRAGMA quick_check(1)")) {
      return answer.next() && "ok".equals(answer.getString(1));
    } catch (SQLException e) {
      return false;
    }
  }

  private static void close(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // the lock ends with the process at the latest
      }
    }
  }

  @Override
  public void close() {
    close(lockFile);
    TAKEN.remove(file);
  }
}
