package io.cite.core.domain.source;

import io.cite.core.error.InvalidInput;
import java.util.regex.Pattern;

/**
 * A commit's full SHA-1.
 *
 * @param value 40 hexadecimal digits, lower case
 */
public record CommitId(String value) {
  private static final Pattern SHA = Pattern.compile("[0-9a-f]{40}");

  public CommitId {
    if (!SHA.matcher(value).matches()) {
      throw new InvalidInput(
          "The commit '" + value + "' is not a full commit id: 40 lower-case hexadecimal digits");
    }
  }

  /** Reads a full commit id; upper-case digits are taken as lower-case. */
  public static CommitId parse(String text) {
    return new CommitId(text.toLowerCase(java.util.Locale.ROOT));
  }

  /** The first seven digits, for people. */
  public String abbreviated() {
    return value.substring(0, 7);
  }

  @Override
  public String toString() {
    return value;
  }
}
