package io.cite.server.sandbox;

import io.cite.core.domain.service.Secret;
import io.cite.server.sandbox.file.OwnerFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

  /** The secret in the file, which is made if it does not exist and only its owner may read. */
  static Secret kept(Path file) throws IOException {
    Secret secret =
        Files.exists(file) ? Secret.of(Files.readString(file).strip()) : generate();
    // also what an earlier version left for everybody to read
    OwnerFile.replace(file, secret.reveal().getBytes(StandardCharsets.UTF_8));
    return secret;
  }
}
