package io.cite.server.sandbox.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that hold the sandbox's secrets: only their owner may read them. */
public final class OwnerFile {
  private OwnerFile() {}

  /**
   * Replaces a file in one step, so that a process that ends meanwhile leaves the old or the new
   * content. One thread at a time may replace the same file.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void replace(Path path, byte[] content) {
    Path next = path.resolveSibling(path.getFileName() + ".next");
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      Files.deleteIfExists(next);
      if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            next,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.write(next, content);
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("CITE could not write " + path, e);
    }
  }
}
