package io.cite.adapters.github;

/** Texts that people see beside a commit or a deployment. */
final class Descriptions {
  private static final int MAX = 140;

  private Descriptions() {}

  /** The first 140 characters, counted as GitHub does: by code points; GitHub refuses more. */
  static String cut(String text) {
    return text.codePointCount(0, text.length()) <= MAX
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX));
  }
}
