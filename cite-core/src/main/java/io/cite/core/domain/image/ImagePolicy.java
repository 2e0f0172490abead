package io.cite.core.domain.image;

import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.InvalidInput;
import java.util.Locale;

/**
 * Which images a commit of a repository may have. They lie at {@code prefix/owner/name}, lower
 * case, with every other run of characters made a dash. Their tag is the commit: its 40 digits, or
 * the first 12. An image name arrives in a commit status, and whoever may write statuses chooses
 * it. This rule refuses images of other repositories and of other commits.
 *
 * @param prefix registry host with optional port and path, such as {@code
 *     registry.example.com/team}; empty if no registry is configured: then only the tag is checked
 */
public record ImagePolicy(String prefix) {
  private static final int SHORT_TAG = 12;

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
   * Checks that the image lies where the repository's images may lie and that its tag is the
   * commit. A digest is refused: it names the content by itself, whatever the tag says.
   *
   * @throws InvalidInput with {@link ErrorCode#IMAGE_NOT_ALLOWED} if the image is another one
   */
  public void check(RepositoryName repository, CommitId commit, ImageReference image) {
    checkPlace(repository, image);
    String full = commit.value();
    String tag = image.tag();
    if (!full.equals(tag) && !full.substring(0, SHORT_TAG).equals(tag)) {
      throw new InvalidInput(
          ErrorCode.IMAGE_NOT_ALLOWED,
          "The image "
              + image
              + " is not of commit "
              + commit.abbreviated()
              + ": its tag must be the commit.");
    }
    if (image.digest() != null) {
      throw new InvalidInput(
          ErrorCode.IMAGE_NOT_ALLOWED,
          "The image " + image + " has a digest: a status must name the image by its tag alone.");
    }
  }

  private void checkPlace(RepositoryName repository, ImageReference image) {
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
