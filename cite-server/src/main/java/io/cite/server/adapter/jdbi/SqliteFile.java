package io.cite.server.adapter.jdbi;

import io.cite.core.error.Upstream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
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

  /** The driver's URL: writes ahead to a log, and a commit is on the disk before it returns. */
  static String url(Path file) {
    return PREFIX
        + file
        + "?journal_mode=WAL&synchronous=FULL&busy_timeout=10000&transaction_mode=IMMEDIATE";
  }

  /**
   * Checks the file and takes it for this process.
   *
   * @throws Upstream with {@code STORE_UNAVAILABLE} if another process has it, or it is damaged
   */
  static SqliteFile take(String name, Path file) {
    String operation = "open " + file;
    if (!TAKEN.add(file)) {
      throw inUse(name, operation);
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
        throw inUse(name, operation);
      }
      String damage = damage(file);
      if (damage != null) {
        throw Upstream.storeUnavailable(
            name,
            operation,
            "the file is damaged: "
                + damage
                + ". Restore it from a backup, or move it away to start with an empty file",
            null);
      }
      taken = true;
      return new SqliteFile(file, channel);
    } catch (IOException e) {
      throw Upstream.storeUnavailable(name, operation, String.valueOf(e.getMessage()), e);
    } finally {
      if (!taken) {
        close(channel);
        TAKEN.remove(file);
      }
    }
  }

  private static Upstream inUse(String name, String operation) {
    return Upstream.storeUnavailable(
        name,
        operation,
        "another process uses the database file. Stop that process, or configure another file or etcd",
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
    return !logged && size < pages * pageSize
        ? "it has " + size + " bytes of " + pages * pageSize
        : null;
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
