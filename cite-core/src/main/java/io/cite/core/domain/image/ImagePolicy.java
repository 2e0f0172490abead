package io.cite.core.domain.image;

import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.InvalidInput;
import java.util.Locale;

/**
 * Where the images of a repository may lie: {@code prefix/owner/name}, lower case, with every other
 * run of characters made a dash. An image name arrives in a commit status, which anyone with push
 * permission can write; this rule is what keeps it to the repository's own images.
 *
 * @param prefix registry host with optional port and path, such as {@code
 *     registry.example.com/team}; empty where no registry is configured: every image is taken
 */
public record ImagePolicy(String prefix) {

  public ImagePolicy {
    while (prefix.endsWith("/")) {
      prefix = prefix.substring(0, prefix.length() - 1);
    }
  }

  /** The rule of a system without a configured registry. */
  public static ImagePolicy unrestricted() {
    return new ImagePolicy("");
  }

  /** The name, without tag, that images of this repository have. */
  public String expected(RepositoryName repository) {
    return prefix + "/" + path(repository.owner()) + "/" + path(repository.name());
  }

  /**
   * Checks that the image lies where the repository's images may lie.
   *
   * @throws InvalidInput with {@link ErrorCode#IMAGE_NOT_ALLOWED} where it does not
   */
  public void check(RepositoryName repository, ImageReference image) {
    if (prefix.isEmpty()) {
      return;
    }
    String name = image.registry() + "/" + image.repository();
    String expected = expected(repository);
    if (!name.equals(expected) && !name.startsWith(expected + "/")) {
      throw new InvalidInput(
          ErrorCode.IMAGE_NOT_ALLOWED,
          "The image " + image + " is not one of " + repository + ": it must be " + expected);
    }
  }

  private static String path(String part) {
    return part.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
  }
}
