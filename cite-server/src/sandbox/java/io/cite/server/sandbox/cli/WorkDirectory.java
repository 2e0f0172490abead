package io.cite.server.sandbox.cli;

import io.cite.core.error.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a sandbox keeps its data: a directory that stays, or a temporary one that is removed.
 *
 * @param temporary whether it is removed when closed
 */
record WorkDirectory(Path path, boolean temporary) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkDirectory.class);

  static WorkDirectory of(@Nullable Path wanted) {
    try {
      return wanted == null
          ? new WorkDirectory(Files.createTempDirectory("cite-sandbox"), true)
          : new WorkDirectory(Files.createDirectories(wanted), false);
    } catch (IOException e) {
      throw new InvalidInput("CITE could not make the data directory: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    if (!temporary) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      LOG.debug("The temporary directory {} could not be removed", path, e);
    }
  }
}
