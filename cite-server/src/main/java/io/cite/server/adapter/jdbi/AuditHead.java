package io.cite.server.adapter.jdbi;

import io.cite.core.error.InvalidInput;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The newest entry of the audit trail: it stands for all entries before it, because its hash covers
 * them. Whoever keeps its text outside can find out later whether the trail still has it.
 *
 * @param sequence number of the entry, 0 while there is none
 * @param hash of the entry and all before it, 64 hexadecimal digits
 * @param signature what {@link AuditSignature} made; null if a version without signatures wrote it
 */
public record AuditHead(long sequence, String hash, @Nullable String signature) {
  static final AuditHead EMPTY = new AuditHead(0, AuditText.FIRST_HASH, null);

  private static final Pattern TEXT =
      Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})(?::([A-Za-z0-9._-]{1,200}))?");

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws InvalidInput if it is something else
   */
  public static AuditHead parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new InvalidInput(
          "A head of the audit trail is written as number:hash:signature, as \"audit head\" prints it");
    }
    return new AuditHead(Long.parseLong(matcher.group(1)), matcher.group(2), matcher.group(3));
  }

  /** What the signature covers. */
  String signed() {
    return sequence + ":" + hash;
  }

  boolean isAt(long otherSequence, String otherHash) {
    return sequence == otherSequence && hash.equals(otherHash);
  }

  /** One line without spaces: {@code number:hash:signature}. */
  @Override
  public String toString() {
    return signature == null ? signed() : signed() + ":" + signature;
  }
}
