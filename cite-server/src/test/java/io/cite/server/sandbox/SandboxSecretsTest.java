package io.cite.server.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxSecretsTest {
  @TempDir Path data;

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void keepsASecretThatOnlyItsOwnerMayRead() throws IOException {
    Path file = data.resolve("security.key");
    String made = SandboxSecrets.kept(file).reveal();

    assertThat(made).hasSize(64);
    assertThat(SandboxSecrets.kept(file).reveal()).isEqualTo(made);
    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  @Test
  void closesAFileThatEverybodyCouldRead() throws IOException {
    Path file = Files.writeString(data.resolve("cite-bot.token"), "s3cret\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(SandboxSecrets.kept(file).reveal()).isEqualTo("s3cret");
    assertThat(permissions(file)).isEqualTo("rw-------");
  }
}
