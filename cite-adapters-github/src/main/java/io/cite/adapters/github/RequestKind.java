package io.cite.adapters.github;

import java.util.regex.Pattern;

/**
 * What a request does, in a form that is the same for all repositories, commits and branches, so
 * that requests can be counted by it: {@code GET commits/{commit}/statuses}.
 */
final class RequestKind {
  private static final Pattern REPOSITORY =
      Pattern.compile("^/(?:repos/[^/]+/[^/]+|repositories/[0-9]+)");
  private static final Pattern COMPARISON = Pattern.compile("/compare/.*$");
  private static final Pattern REF = Pattern.compile("/git/ref/.*$");
  private static final Pattern CONTENT = Pattern.compile("/contents/.*$");
  private static final Pattern COLLABORATOR = Pattern.compile("/collaborators/[^/]+");
  private static final Pattern COMMIT = Pattern.compile("/[0-9a-f]{40}(?=/|$)");
  private static final Pattern NUMBER = Pattern.compile("/[0-9]+(?=/|$)");
  private static final Pattern KNOWN =
      Pattern.compile("(?:/(?:[a-z_]+|\\{[a-z]+}))*", Pattern.CASE_INSENSITIVE);

  private RequestKind() {}

  /**
   * The kind of a request.
   *
   * @param path within the API, without a query
   */
  static String of(String method, String path) {
    String kind = REPOSITORY.matcher(path).replaceFirst("/{repository}");
    kind = COMPARISON.matcher(kind).replaceFirst("/compare");
    kind = REF.matcher(kind).replaceFirst("/git/ref");
    kind = CONTENT.matcher(kind).replaceFirst("/contents");
    kind = COLLABORATOR.matcher(kind).replaceFirst("/collaborators/{login}");
    kind = COMMIT.matcher(kind).replaceAll("/{commit}");
    kind = NUMBER.matcher(kind).replaceAll("/{number}");
    // anything else would make as many kinds as there are names
    return method + " " + (KNOWN.matcher(kind).matches() ? kind : "other");
  }
}
