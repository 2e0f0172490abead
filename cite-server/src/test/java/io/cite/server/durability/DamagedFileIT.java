package io.cite.server.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.server.fixture.CiteProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server does not start on a damaged file, and says which and what to do. */
class DamagedFileIT {
  @TempDir private Path folder = Path.of(".");

  @Test
  void refusesADamagedFileInsteadOfBeginningAnew() throws Exception {
    try (EmbeddedServer server = new EmbeddedServer(folder, folder.resolve("data"))) {
      server.startReady("damaged");
      server.kill();
      for (String name : new String[] {"cite.db", "audit.db"}) {
        Path file = server.data().resolve(name);
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 50, whole.length - 4096}) {
          Files.write(file, Arrays.copyOf(whole, length));
          CiteProcess refused = server.start("damaged-" + name);
          assertThat(refused.exitStatus()).as(refused.output()).isEqualTo(1);
          assertThat(refused.output())
              .contains(file + "")
              .contains("the file is damaged: it has")
              .contains("Restore it from a backup, or move it away to start with an empty file")
              .doesNotContain("\tat ");
          assertThat(file).as("the file as it was").hasSize(length);
        }
        Files.write(file, whole);
      }
      server.startReady("damaged");
    }
  }
}
