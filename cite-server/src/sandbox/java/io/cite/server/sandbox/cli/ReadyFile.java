package io.cite.server.sandbox.cli;

import io.cite.core.error.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The file that tells scripts that everything answers, and where. */
final class ReadyFile {
  private ReadyFile() {}

  /** Writes the file in one step, so that nobody reads half of it. */
  static void write(Path file, Map<String, String> facts) {
    try {
      Path absolute = file.toAbsolutePath();
      Path beside = absolute.resolveSibling(absolute.getFileName() + ".part");
      Files.writeString(beside, JsonMapper.shared().writeValueAsString(facts));
      Files.move(
          beside, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new InvalidInput(
          "CITE could not write the ready file " + file + ": " + e.getMessage());
    }
  }
}
