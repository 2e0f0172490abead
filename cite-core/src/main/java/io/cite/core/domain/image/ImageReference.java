package io.cite.core.domain.image;

import io.cite.core.error.InvalidInput;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The full name of a container image: {@code registry/repository[:tag][@digest]}. The registry is
 * always written out; there is no default one.
 *
 * @param registry host and optional port
 * @param repository path within the registry, lower case
 * @param tag the tag; null if there is none
 * @param digest the digest; null if there is none
 * @see <a href="https://pkg.go.dev/github.com/distribution/reference">Reference grammar</a>
 */
public record ImageReference(
    String registry, String repository, @Nullable String tag, @Nullable Digest digest) {
  private static final int MAX_REPOSITORY = 255;
  private static final Pattern REGISTRY =
      Pattern.compile(
          "(?:localhost|(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+|[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?=:)|\\[[0-9a-fA-F:]+])(?::[0-9]{1,5})?");
  private static final Pattern REPOSITORY =
      Pattern.compile(
          "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  public ImageReference {
    if (!REGISTRY.matcher(registry).matches()) {
      throw invalid(registry + "/" + repository, "it must begin with the registry's host");
    }
    if (repository.length() > MAX_REPOSITORY || !REPOSITORY.matcher(repository).matches()) {
      throw invalid(
          registry + "/" + repository, "its path must have only a-z, 0-9, '.', '_', '-' and '/'");
    }
    if (tag != null && !TAG.matcher(tag).matches()) {
      throw invalid(
          registry + "/" + repository + ":" + tag,
          "its tag must have only letters, digits, '_', '.' and '-', and at most 128 of them");
    }
  }

  private static InvalidInput invalid(String image, String why) {
    String shown = image.length() > 300 ? image.substring(0, 300) + "..." : image;
    return new InvalidInput("'" + shown + "' is not the full name of an image: " + why);
  }

  /** Reads {@code registry/repository[:tag][@digest]}. */
  public static ImageReference parse(String text) {
    String rest = text;
    Digest digest = null;
    int at = rest.indexOf('@');
    if (at >= 0) {
      digest = Digest.parse(rest.substring(at + 1));
      rest = rest.substring(0, at);
    }
    int slash = rest.indexOf('/');
    if (slash < 0) {
      throw invalid(text, "it must begin with the registry's host");
    }
    String registry = rest.substring(0, slash);
    String path = rest.substring(slash + 1);
    int colon = path.lastIndexOf(':');
    String tag = colon < 0 ? null : path.substring(colon + 1);
    return new ImageReference(registry, colon < 0 ? path : path.substring(0, colon), tag, digest);
  }

  /** This image, pinned to the content it has now. */
  public ImageReference pinned(Digest content) {
    return new ImageReference(registry, repository, tag, content);
  }

  /** What the registry is asked for: the digest if there is one, else the tag. */
  public String version() {
    if (digest != null) {
      return digest.value();
    }
    return tag == null ? "latest" : tag;
  }

  @Override
  public String toString() {
    return registry
        + "/"
        + repository
        + (tag == null ? "" : ":" + tag)
        + (digest == null ? "" : "@" + digest);
  }
}
