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

  /** The longest description of a commit status, and what comes before the image in it. */
  private static final int LONGEST_DESCRIPTION = 140;

  private static final String BEFORE = "imageName:";

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
   * Checks that images of the repository can have a name, and that a commit status can hold it.
   *
   * @throws InvalidInput with {@link ErrorCode#IMAGE_NOT_ALLOWED} if not
   */
  public void checkName(RepositoryName repository) {
    if (path(repository.name()).isEmpty() || path(repository.owner()).isEmpty()) {
      throw new InvalidInput(
          ErrorCode.IMAGE_NOT_ALLOWED,
          "No image can be named after the repository "
              + repository
              + ": its name has no letter and no digit. Rename it.");
    }
    int room = LONGEST_DESCRIPTION - BEFORE.length() - 1 - SHORT_TAG;
    if (!prefix.isEmpty() && expected(repository).length() > room) {
      throw new InvalidInput(
          ErrorCode.IMAGE_NOT_ALLOWED,
          "The images of "
              + repository
              + " would be named "
              + expected(repository)
              + ", which is too long: a commit status holds "
              + LONGEST_DESCRIPTION
              + " characters, so the name may have "
              + room
              + ". Rename the repository, or shorten registry.prefix.");
    }
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
