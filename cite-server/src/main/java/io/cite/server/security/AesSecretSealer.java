package io.cite.server.security;

import io.cite.core.domain.service.Secret;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.SecretSealer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Seals with AES-256-GCM by Tink. The sealed text is {@code v1.<key id>.<base64url of nonce, cipher
 * text and tag>}; version, key id and context are associated data. The first key seals and all keys
 * open, so a key is rotated by putting a new one in front. Thread-safe.
 *
 * <p>Source: NIST SP 800-38D; the layout of nonce, cipher text and tag is Tink's without an output
 * prefix.
 */
public final class AesSecretSealer implements SecretSealer {
  private static final String VERSION = "v1";
  private static final int SECRET_BYTES = 32;

  private final List<SealingKey> keys;
  private final SecureRandom random = new SecureRandom();

  /**
   * A sealer with these keys.
   *
   * @param keys the one that seals, then those that are still needed to open
   */
  public AesSecretSealer(List<SealingKey> keys) {
    this.keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new InvalidInput("At least one sealing key is needed");
    }
    if (keys.stream().map(SealingKey::id).distinct().count() < keys.size()) {
      throw new InvalidInput("Each sealing key needs its own id");
    }
  }

  /** 256 random bits as 64 hexadecimal digits. */
  @Override
  public Secret generate() {
    byte[] bits = new byte[SECRET_BYTES];
    random.nextBytes(bits);
    return Secret.of(HexFormat.of().formatHex(bits));
  }

  @Override
  public String seal(Secret secret, String context) {
    SealingKey key = keys.get(0);
    byte[] plain = secret.reveal().getBytes(StandardCharsets.UTF_8);
    try {
      byte[] sealed = key.aead().encrypt(plain, associatedData(key, context));
      return VERSION
          + "."
          + key.id()
          + "."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("Every Java has AES-256-GCM", failure);
    }
  }

  @Override
  public Secret open(String sealed, String context) {
    String[] parts = sealed.split("\\.", -1);
    if (parts.length != 3 || !parts[0].equals(VERSION)) {
      throw refused(context, "it is not a sealed secret");
    }
    Optional<SealingKey> key = keys.stream().filter(one -> one.id().equals(parts[1])).findFirst();
    if (key.isEmpty()) {
      throw refused(
          context, "it was sealed with a key that is not in security.key or security.previousKeys");
    }
    try {
      byte[] plain =
          key.get()
              .aead()
              .decrypt(Base64.getUrlDecoder().decode(parts[2]), associatedData(key.get(), context));
      return Secret.of(new String(plain, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException noBase64) {
      throw refused(context, "it is not a sealed secret");
    } catch (GeneralSecurityException changed) {
      throw refused(context, "it was changed or belongs to something else");
    }
  }

  private static byte[] associatedData(SealingKey key, String context) {
    return (VERSION + "." + key.id() + "." + context).getBytes(StandardCharsets.UTF_8);
  }

  private static InvalidInput refused(String context, String why) {
    return new InvalidInput("The sealed secret of " + context + " cannot be opened: " + why + ".");
  }
}
