package io.cite.server.http;

/**
 * The memory for request bodies that were not answered yet. A quarter of it is kept for small
 * bodies, so that requests still get through while large ones use up the rest. Thread-safe.
 */
final class BodyBudget {
  /** What a small body has at most, in bytes. */
  static final int SMALL = 64 * 1024;

  private final long total;
  private long used;

  /**
   * A budget of which nothing is used.
   *
   * @param total bytes
   */
  BodyBudget(long total) {
    this.total = total;
  }

  /**
   * Takes memory for a body, if there is enough.
   *
   * @param more bytes that the body needs beside those that it has
   * @param size bytes that the body then has in all
   */
  synchronized boolean take(long more, long size) {
    long limit = size <= SMALL ? total : total - total / 4;
    if (used + more > limit) {
      return false;
    }
    used += more;
    return true;
  }

  /** Gives back the memory of a body that is not needed any more. */
  synchronized void give(long bytes) {
    used -= bytes;
  }

  /** How many bytes are in use. */
  synchronized long used() {
    return used;
  }
}
