package io.cite.core;

import io.cite.core.port.Links;

/** Links of a system that nobody reaches. */
public final class TestLinks {
  private TestLinks() {}

  /** Links of a system that is reached there. */
  public static Links at(String root) {
    return new Links(root, root + "/hook", environment -> root + "/environments/" + environment);
  }
}
