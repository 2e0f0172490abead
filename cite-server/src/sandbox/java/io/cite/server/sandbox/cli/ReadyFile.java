package io.cite.server.sandbox.cli;

import io.cite.core.error.InvalidInput;
import io.cite.server.sandbox.file.OwnerFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The file that tells scripts that everything answers, and where. */
final class ReadyFile {
  private ReadyFile() {}

  /** Writes the file in one step, so that nobody reads half of it. It has a token. */
  static void write(Path file, Map<String, String> facts) {
    try {
      OwnerFile.replace(
          file.toAbsolutePath(),
          JsonMapper.shared().writeValueAsString(facts).getBytes(StandardCharsets.UTF_8));
    } catch (UncheckedIOException e) {
      throw new InvalidInput(
          "CITE could not write the ready file " + file + ": " + e.getMessage());
    }
  }
}
