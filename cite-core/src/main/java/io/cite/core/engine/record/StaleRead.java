package io.cite.core.engine.record;

/** A record was changed after it was read. The work starts again from what is stored. */
public final class StaleRead extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StaleRead() {
    super("A record was changed at the same time.", null, false, false);
  }
}
