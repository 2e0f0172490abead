package io.cite.core.domain.source;

import io.cite.core.error.InvalidInput;
import java.util.regex.Pattern;

/**
 * A repository's full name, {@code owner/name}.
 *
 * @param owner login of the user or organisation: letters, digits and single inner dashes, at most
 *     39 characters
 * @param name letters, digits, {@code -}, {@code _} and {@code .}, at most 100 characters
 */
public record RepositoryName(String owner, String name) implements Comparable<RepositoryName> {
  private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  public RepositoryName {
    if (!OWNER.matcher(owner).matches()) {
      throw new InvalidInput(
          "The repository owner '" + owner + "' is not a GitHub login: letters, digits and dashes");
    }
    if (!NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
      throw new InvalidInput(
          "The repository name '"
              + name
              + "' is not one that GitHub allows: letters, digits, '-', '_' and '.', at most 100");
    }
  }

  /** Reads {@code owner/name}. */
  public static RepositoryName parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || slash != text.lastIndexOf('/')) {
      throw new InvalidInput(
          "The repository '" + text + "' must be written as owner/name, such as acme/hello");
    }
    return new RepositoryName(text.substring(0, slash), text.substring(slash + 1));
  }

  /** Whether both name one repository: GitHub does not tell case apart. */
  public boolean sameAs(RepositoryName other) {
    return toString().equalsIgnoreCase(other.toString());
  }

  @Override
  public int compareTo(RepositoryName other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return owner + "/" + name;
  }
}
