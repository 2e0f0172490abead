package io.cite.core.domain.source;

/** What an account may do with a repository, weakest first. */
public enum Permission {
  NONE,
  READ,
  PUSH,
  ADMIN;

  /** Whether this permission includes the other one. */
  public boolean includes(Permission other) {
    return compareTo(other) >= 0;
  }
}
