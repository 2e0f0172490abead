package io.cite.adapters.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class GitHubAppTest extends WithGitHub {
  private static KeyPair keys = generate();
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void makeKeys() {
    keys = generate();
  }

  private static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private GitHubSourceHost app(boolean pkcs1) throws IOException {
    byte[] pkcs8 = keys.getPrivate().getEncoded();
    // The PKCS#1 key is what follows the 26 bytes of header in a 2048-bit key's PKCS#8.
    byte[] der = pkcs1 ? Arrays.copyOfRange(pkcs8, 26, pkcs8.length) : pkcs8;
    String name = pkcs1 ? "RSA PRIVATE KEY" : "PRIVATE KEY";
    Path file = folder.resolve("app.pem");
    Files.writeString(
        file,
        "-----BEGIN "
            + name
            + "-----\n"
            + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END "
            + name
            + "-----\n");
    return new GitHubSourceHost(
        new GitHubSettings(
            api(), new GitHubSettings.App("1234", file), Duration.ofSeconds(30), null),
        now::get);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void signsWhoItIs(boolean pkcs1) throws IOException, GeneralSecurityException {
    on("GET", "/app", 200, "{\"slug\":\"cite\"}");
    assertThat(app(pkcs1).check()).isEqualTo("cite[bot]");
    String header = events().get(0).getRequest().getHeader("Authorization");
    String[] parts = header.substring("Bearer ".length()).split("\\.");
    JsonNode claims = GitHubRest.JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
    assertThat(claims.path("iss").asString("")).isEqualTo("1234");
    assertThat(claims.path("exp").asLong() - NOW.getEpochSecond()).isBetween(1L, 600L);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(keys.getPublic());
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
  }

  @Test
  void keepsTheTokenOfAnOwnerUntilItsHourIsNearlyOver() throws IOException {
    on("GET", REPO + "/installation", 200, "{\"id\":77}");
    on(
        "POST",
        "/app/installations/77/access_tokens",
        201,
        "{\"token\":\"ghs_1\",\"expires_at\":\"" + NOW.plusSeconds(3600) + "\"}");
    on("GET", REPO, 200, repositoryJson());
    on("GET", "/repos/acme/other", 200, repositoryJson());
    GitHubSourceHost app = app(true);
    app.repositories().get(HELLO);
    app.repositories().get(RepositoryName.parse("acme/other"));
    assertThat(requests())
        .containsExactly(
            "GET " + REPO + "/installation",
            "POST /app/installations/77/access_tokens",
            "GET " + REPO,
            "GET /repos/acme/other");
    assertThat(events().get(3).getRequest().getHeader("Authorization")).isEqualTo("Bearer ghs_1");
    now.set(NOW.plus(Duration.ofMinutes(56)));
    app.repositories().get(HELLO);
    assertThat(requests())
        .filteredOn("POST /app/installations/77/access_tokens"::equals)
        .hasSize(2);
  }

  @Test
  void saysWhatIsWrongWithTheKey() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.pem"), "no key");
    GitHubSourceHost app =
        new GitHubSourceHost(
            new GitHubSettings(
                api(), new GitHubSettings.App("1", file), Duration.ofSeconds(30), null),
            now::get);
    assertThatThrownBy(app::check).isInstanceOf(InvalidInput.class).hasMessageContaining("bad.pem");
  }
}
