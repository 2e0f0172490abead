package io.cite.server.sandbox.buildbot;

/** What can go wrong with a builder. */
public enum Fault {
  /** No status is written at all. */
  NO_STATUSES,
  /** A build's end is not reported. */
  NO_FINAL_STATUS,
  /** Builds start and do not end. */
  NEVER_ENDS,
  /** The change hook answers 503. */
  HOOK_DOWN
}
