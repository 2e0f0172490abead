package io.cite.core.domain.deploy;

/** The last deployment status that the source host was told, or that there was none. */
public enum ReportedState {
  NOTHING,
  PENDING,
  SUCCESS,
  FAILURE,
  INACTIVE,
  /** The host refuses to be told, for good: the repository is gone. */
  UNDELIVERABLE
}
