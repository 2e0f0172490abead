package io.cite.adapters.github;

import io.cite.core.domain.service.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * GitHub's signature of a webhook: HMAC-SHA-256 over the body's bytes as they came. The older
 * signature by SHA-1 is not taken.
 *
 * @see <a
 *     href="https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries">Validating
 *     webhook deliveries</a>
 */
public final class WebhookSignature {
  /** The header that carries it. */
  public static final String HEADER = "X-Hub-Signature-256";

  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "sha256=";
  private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9a-f]{64}");

  private WebhookSignature() {}

  /**
   * Whether the header's value signs the body with one of the secrets. All secrets are tried, each
   * compared in constant time, so the time taken does not tell which one was near.
   *
   * @param header value of {@link #HEADER}; null if it is missing
   * @param secrets those valid now, more than one during a rotation; an empty one matches nothing
   */
  public static boolean matches(byte[] body, @Nullable String header, Collection<Secret> secrets) {
    if (header == null || !isWellFormed(header)) {
      return false;
    }
    byte[] given = header.getBytes(StandardCharsets.US_ASCII);
    boolean matched = false;
    for (Secret secret : secrets) {
      if (!secret.reveal().isEmpty()) {
        byte[] expected = sign(body, secret).getBytes(StandardCharsets.US_ASCII);
        matched |= MessageDigest.isEqual(expected, given);
      }
    }
    return matched;
  }

  /** Whether a header's value has the form of a signature. Only then can it sign some body. */
  public static boolean isWellFormed(@Nullable String header) {
    return header != null && FORM.matcher(header).matches();
  }

  /** The header's value for a body. */
  public static String sign(byte[] body, Secret secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      byte[] key = secret.reveal().getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return PREFIX + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("This Java runtime has no HMAC-SHA-256", impossible);
    }
  }
}
