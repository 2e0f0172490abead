package io.cite.adapters.github;

import io.cite.core.error.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A GitHub App's private key, with which it says who it is. Read when first used; thread-safe.
 *
 * @see <a
 *     href="https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app">JSON
 *     web tokens of a GitHub App</a>
 */
final class AppKey {
  private static final long BACKDATED_SECONDS = 60;
  private static final long VALID_SECONDS = 540;
  // DER: version 0 and the algorithm identifier rsaEncryption with NULL parameters.
  private static final byte[] VERSION_AND_RSA = {
    0x02,
    0x01,
    0x00,
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };

  private final GitHubSettings.App app;
  private volatile @Nullable PrivateKey key;

  AppKey(GitHubSettings.App app) {
    this.app = app;
  }

  /** A token that is good for nine minutes; backdated by one, as GitHub advises. */
  String token(Instant now) {
    long second = now.getEpochSecond();
    String signed =
        encode(GitHubRest.JSON.writeValueAsBytes(Map.of("alg", "RS256", "typ", "JWT")))
            + "."
            + encode(
                GitHubRest.JSON.writeValueAsBytes(
                    Map.of(
                        "iat",
                        second - BACKDATED_SECONDS,
                        "exp",
                        second + VALID_SECONDS,
                        "iss",
                        app.id())));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + encode(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("This Java runtime cannot sign with RSA", impossible);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private PrivateKey key() {
    PrivateKey known = key;
    if (known == null) {
      known = read();
      key = known;
    }
    return known;
  }

  private PrivateKey read() {
    try {
      String pem = Files.readString(app.privateKeyFile(), StandardCharsets.US_ASCII);
      byte[] der =
          Base64.getMimeDecoder().decode(pem.replaceAll("-----(BEGIN|END) [A-Z ]+-----", ""));
      boolean pkcs1 = pem.contains("BEGIN RSA PRIVATE KEY");
      return KeyFactory.getInstance("RSA")
          .generatePrivate(new PKCS8EncodedKeySpec(pkcs1 ? wrapped(der) : der));
    } catch (IOException | IllegalArgumentException | GeneralSecurityException unreadable) {
      throw new InvalidInput(
          "The private key of the GitHub App in "
              + app.privateKeyFile()
              + " cannot be read: it must be an RSA key in PEM");
    }
  }

  /** A PKCS#1 key in the envelope of PKCS#8, the only form that the JDK reads. */
  private static byte[] wrapped(byte[] pkcs1) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(VERSION_AND_RSA);
    element(content, 0x04, pkcs1);
    ByteArrayOutputStream envelope = new ByteArrayOutputStream();
    element(envelope, 0x30, content.toByteArray());
    return envelope.toByteArray();
  }

  private static void element(ByteArrayOutputStream out, int tag, byte[] content) {
    out.write(tag);
    out.write(0x82);
    out.write(content.length >> 8);
    out.write(content.length);
    out.writeBytes(content);
  }
}
