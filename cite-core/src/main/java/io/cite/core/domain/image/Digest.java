package io.cite.core.domain.image;

import io.cite.core.error.InvalidInput;
import java.util.regex.Pattern;

/**
 * The content address of an image's manifest.
 *
 * @param value {@code sha256:} and 64 lower-case hexadecimal digits
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests">OCI
 *     digests</a>
 */
public record Digest(String value) {
  private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

  public Digest {
    if (!FORM.matcher(value).matches()) {
      throw new InvalidInput(
          "The digest '" + value + "' must be sha256: and 64 hexadecimal digits");
    }
  }

  /** Reads a digest. */
  public static Digest parse(String text) {
    return new Digest(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
