package io.cite.server.sandbox;

import io.cite.core.domain.service.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Random secrets, some of which stay the same as long as the sandbox's data does. */
final class SandboxSecrets {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  private SandboxSecrets() {}

  static byte[] bytes() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  static Secret generate() {
    return Secret.of(HexFormat.of().formatHex(bytes()));
  }

  static Secret kept(Path file) throws IOException {
    if (Files.exists(file)) {
      return Secret.of(Files.readString(file).strip());
    }
    Secret made = generate();
    Files.writeString(file, made.reveal());
    return made;
  }
}
