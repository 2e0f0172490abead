package io.cite.core.domain.deploy;

/** What caused a deployment. */
public enum Origin {
  /** A build succeeded and the environment deploys by itself. */
  AUTO,
  /** A person asked for it. */
  MANUAL,
  /** A person made an earlier deployment live again. */
  ROLLBACK
}
