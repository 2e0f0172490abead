package io.cite.server.adapter.jdbi;

import com.google.crypto.tink.subtle.Hkdf;
import com.google.crypto.tink.subtle.PrfHmacJce;
import com.google.crypto.tink.subtle.PrfMac;
import io.cite.core.domain.service.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs the head of the audit trail, so that whoever can write the database but does not know the
 * key can neither cut off the end nor write the chain anew. The signature is {@code v1.<key
 * id>.<base64url of HMAC-SHA-256>}. The key is derived from the configured one, which seals secrets
 * and is therefore not used as it is. Thread-safe.
 *
 * <p>Source: RFC 2104 (HMAC), RFC 5869 (HKDF).
 */
public final class AuditSignature {
  private static final String VERSION = "v1";
  private static final String HMAC = "HMACSHA256";
  private static final int BYTES = 32;
  private static final int ID_BYTES = 4;

  private final Map<String, PrfMac> keys = new LinkedHashMap<>();
  private final String newest;

  /**
   * Signs with the first key and accepts signatures of all.
   *
   * @param configured keys in base64, at least one
   */
  public AuditSignature(List<Secret> configured) {
    String first = "";
    for (Secret key : configured) {
      byte[] bits = Base64.getDecoder().decode(key.reveal());
      String id = HexFormat.of().formatHex(derive(bits, "cite audit key id", ID_BYTES));
      keys.putIfAbsent(id, mac(derive(bits, "cite audit head", BYTES)));
      first = first.isEmpty() ? id : first;
    }
    if (first.isEmpty()) {
      throw new IllegalArgumentException("A signature needs a key");
    }
    newest = first;
  }

  /** The head with the signature of the newest key. */
  AuditHead sign(long sequence, String hash) {
    AuditHead head = new AuditHead(sequence, hash, null);
    try {
      byte[] mac = mac(newest).computeMac(bytes(head));
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
      return new AuditHead(sequence, hash, VERSION + "." + newest + "." + text);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("Every Java has HMAC-SHA-256", failure);
    }
  }

  /** Whether one of the keys signed this head. */
  boolean isOf(AuditHead head) {
    String[] parts = String.valueOf(head.signature()).split("\\.", -1);
    if (parts.length != 3 || !parts[0].equals(VERSION) || !keys.containsKey(parts[1])) {
      return false;
    }
    try {
      mac(parts[1]).verifyMac(Base64.getUrlDecoder().decode(parts[2]), bytes(head));
      return true;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false; // another MAC, or no base64
    }
  }

  private PrfMac mac(String id) {
    @Nullable PrfMac mac = keys.get(id);
    if (mac == null) {
      throw new IllegalStateException("The key " + id + " was looked up before");
    }
    return mac;
  }

  private static byte[] bytes(AuditHead head) {
    return head.signed().getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] derive(byte[] key, String purpose, int length) {
    try {
      byte[] info = purpose.getBytes(StandardCharsets.US_ASCII);
      return Hkdf.computeHkdf(HMAC, key, new byte[0], info, length);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("Every Java has HMAC-SHA-256", failure);
    }
  }

  private static PrfMac mac(byte[] key) {
    try {
      return new PrfMac(new PrfHmacJce(HMAC, new SecretKeySpec(key, "HMAC")), BYTES);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("Every Java has HMAC-SHA-256", failure);
    }
  }
}
