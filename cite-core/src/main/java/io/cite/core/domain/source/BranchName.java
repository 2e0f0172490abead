package io.cite.core.domain.source;

import io.cite.core.error.InvalidInput;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A branch as git names it, without {@code refs/heads/}.
 *
 * @param value a name that {@code git check-ref-format --branch} accepts, at most 244 bytes (git's
 *     file name limit less {@code refs/heads/})
 */
public record BranchName(String value) implements Comparable<BranchName> {
  private static final int MAX_BYTES = 244;
  private static final String PREFIX = "refs/heads/";

  public BranchName {
    if (value.startsWith(PREFIX)) {
      throw new InvalidInput(
          "Give the branch without refs/heads/: " + printable(value.substring(PREFIX.length())));
    }
    String problem = problem(value);
    if (problem != null) {
      throw new InvalidInput("The branch '" + printable(value) + "' " + problem);
    }
  }

  /** Reads a branch name. */
  public static BranchName parse(String text) {
    return new BranchName(text);
  }

  /** This branch as one segment of a path, percent-encoded; {@link #ofSegment} reads it back. */
  public String segment() {
    StringBuilder out = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append('%').append(String.format(Locale.ROOT, "%02X", b & 0xff));
      }
    }
    return out.toString();
  }

  /** The branch that a segment names. */
  public static BranchName ofSegment(String segment) {
    return new BranchName(URLDecoder.decode(segment, StandardCharsets.UTF_8));
  }

  private static @org.jspecify.annotations.Nullable String problem(String value) {
    if (value.isEmpty()) {
      return "is empty";
    }
    if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return "is longer than " + MAX_BYTES + " bytes";
    }
    if (value.startsWith("-") || value.equals("@") || value.contains("@{")) {
      return "is not a branch name that git allows";
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c == 0x7f || "~^:?*[\\".indexOf(c) >= 0) {
        return "has a character that git does not allow (space, control, ~ ^ : ? * [ \\)";
      }
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      return "is not text: it has half of a surrogate pair";
    }
    if (value.contains("..") || value.endsWith(".")) {
      return "is not a branch name that git allows";
    }
    for (String part : value.split("/", -1)) {
      if (part.isEmpty() || part.startsWith(".") || part.endsWith(".lock")) {
        return "has a part that is empty, begins with '.' or ends with '.lock'";
      }
    }
    return null;
  }

  private static String printable(String value) {
    String clean = value.replaceAll("\\p{Cntrl}", "?");
    return clean.length() > 80 ? clean.substring(0, 80) + "..." : clean;
  }

  @Override
  public int compareTo(BranchName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
