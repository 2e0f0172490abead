package io.cite.core.domain.service;

import io.cite.core.domain.source.BranchName;
import io.cite.core.error.InvalidInput;

/**
 * A branch's name as it appears in URLs, labels and object names. A branch that is itself a plain
 * lower-case label keeps its name; any other gets its readable part and a hash of the whole, so two
 * branches never share a slug by accident.
 *
 * @param value an RFC 1123 label of at most 50 characters
 */
public record BranchSlug(String value) implements Comparable<BranchSlug> {
  static final int MAX = 50;

  public BranchSlug {
    if (!DnsName.isLabel(value) || value.length() > MAX) {
      throw new InvalidInput("'" + value + "' is not the slug of a branch, such as feature-x-4b2a");
    }
  }

  /** Reads a slug. */
  public static BranchSlug parse(String text) {
    return new BranchSlug(text);
  }

  /** The slug of a branch. */
  public static BranchSlug of(BranchName branch) {
    return new BranchSlug(DnsName.lossless(branch.value(), MAX));
  }

  @Override
  public int compareTo(BranchSlug other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
