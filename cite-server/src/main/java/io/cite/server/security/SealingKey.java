package io.cite.server.security;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import io.cite.core.domain.service.Secret;
import io.cite.core.error.InvalidInput;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A key that seals secrets. It does not print.
 *
 * <p>Written as {@code id:key}, the key being 32 bytes as base64 or as hexadecimal digits.
 */
public final class SealingKey {
  private static final int BYTES = 32;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

  private final String id;
  private final Aead aead;

  private SealingKey(String id, Aead aead) {
    this.id = id;
    this.aead = aead;
  }

  /**
   * Reads a key.
   *
   * @throws InvalidInput if it is no id with 32 bytes; the message does not repeat it
   */
  public static SealingKey parse(Secret text) {
    String value = text.reveal().strip();
    int colon = value.indexOf(':');
    String id = colon < 0 ? "" : value.substring(0, colon);
    if (!ID.matcher(id).matches()) {
      throw new InvalidInput(
          "A key must be written as id:key. The id has up to 32 letters, digits, dashes and"
              + " underscores");
    }
    byte[] bytes =
        decode(value.substring(colon + 1))
            .filter(decoded -> decoded.length == BYTES)
            .orElseThrow(
                () ->
                    new InvalidInput(
                        "The key " + id + " must be 32 bytes as base64 or 64 hexadecimal digits"));
    try {
      return new SealingKey(id, new AesGcmJce(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES-256-GCM", e);
    }
  }

  String id() {
    return id;
  }

  /** Seals and opens with this key: a nonce of 12 bytes, the cipher text, a tag of 16 bytes. */
  Aead aead() {
    return aead;
  }

  @Override
  public String toString() {
    return id + ":********";
  }

  private static Optional<byte[]> decode(String text) {
    try {
      return Optional.of(
          text.length() == 2 * BYTES
              ? HexFormat.of().parseHex(text)
              : Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')));
    } catch (IllegalArgumentException neither) {
      return Optional.empty();
    }
  }
}
