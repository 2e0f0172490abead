package io.cite.core.domain.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The rules of Kubernetes names, and how longer or richer text is brought under them.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/names/">Object
 *     names</a>
 */
final class DnsName {
  /** The longest label (RFC 1123), which also bounds label values and Service names. */
  static final int MAX = 63;

  private static final int HASH_DIGITS = 8;
  private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?");
  private static final Pattern HASHED = Pattern.compile("(?:.*-)?[0-9a-f]{" + HASH_DIGITS + "}");

  private DnsName() {}

  static boolean isLabel(String text) {
    return text.length() <= MAX && LABEL.matcher(text).matches();
  }

  static boolean isDns1035(String text) {
    return isLabel(text) && Character.isLetter(text.charAt(0));
  }

  /** Lower case, with every run of other characters made one dash, none at the ends. */
  static String readable(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
  }

  /**
   * The text itself if it is a label that could not have come from another text; else its readable
   * part and a hash of the whole.
   */
  static String lossless(String text, int max) {
    boolean unchanged = text.equals(readable(text)) && !text.isEmpty() && text.length() <= max;
    return unchanged && !HASHED.matcher(text).matches() ? text : hashed(text, max);
  }

  /** The readable beginning of the text and a hash of the whole, at most {@code max} long. */
  static String hashed(String text, int max) {
    String readable = readable(text);
    int room = max - HASH_DIGITS - 1;
    String head = readable.substring(0, Math.min(readable.length(), room)).replaceAll("-+$", "");
    return head.isEmpty() ? hash(text) : head + "-" + hash(text);
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
