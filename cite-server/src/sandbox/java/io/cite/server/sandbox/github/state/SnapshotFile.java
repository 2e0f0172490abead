package io.cite.server.sandbox.github.state;

import io.cite.server.sandbox.file.OwnerFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One JSON file, replaced atomically soon after each change; changes close together share a write.
 */
final class SnapshotFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotFile.class);
  private static final long DELAY_MILLIS = 100;

  private final JsonMapper mapper = JsonMapper.builder().build();
  private final Path path;
  private final Supplier<Snapshot> source;
  private final AtomicBoolean pending = new AtomicBoolean();
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "sandbox-github-snapshot");
            thread.setDaemon(true);
            return thread;
          });

  SnapshotFile(Path path, Supplier<Snapshot> source) {
    this.path = path;
    this.source = source;
  }

  Optional<Snapshot> read() {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try {
      Snapshot snapshot = mapper.readValue(path.toFile(), Snapshot.class);
      if (snapshot.version() != Snapshot.VERSION) {
        throw new IllegalStateException(
            path
                + " has the format version "
                + snapshot.version()
                + ", but this sandbox reads version "
                + Snapshot.VERSION);
      }
      return Optional.of(snapshot);
    } catch (JacksonException e) {
      throw new IllegalStateException(
          path + " is damaged", e);
    }
  }

  void changed() {
    if (!writer.isShutdown() && pending.compareAndSet(false, true)) {
      var unused = writer.schedule(this::writeLogged, DELAY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    writer.shutdownNow();
    try {
      if (!writer.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("A write of {} did not end", path);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    write();
  }

  private void writeLogged() {
    try {
      write();
    } catch (RuntimeException e) {
      LOG.error("Tried to write {} but failed", path, e);
    }
  }

  private void write() {
    pending.set(false);
    OwnerFile.replace(path, mapper.writeValueAsBytes(source.get()));
  }
}
