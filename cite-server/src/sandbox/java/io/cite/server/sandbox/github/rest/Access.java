package io.cite.server.sandbox.github.rest;

/** Who may call a route. */
enum Access {
  /** Everybody, with or without a token. */
  ANYONE,
  /** Everybody with a token. */
  SIGNED_IN,
  /** Who may read the repository; to others it does not exist. */
  READ,
  /** Who may push to the repository, while it is not archived. */
  PUSH,
  /** Who may push, archived or not. */
  PUSH_EVEN_ARCHIVED,
  /** Who administers the repository; others are refused. */
  ADMIN,
  /** Who administers the repository; to others the resource does not exist. */
  ADMIN_HIDDEN;

  boolean ofRepository() {
    return compareTo(READ) >= 0;
  }
}
