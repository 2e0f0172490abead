package io.cite.core.domain.deploy;

/** The deployment status that was last reported to the source host, or that there was none. */
public enum ReportedState {
  NOTHING,
  PENDING,
  SUCCESS,
  FAILURE,
  INACTIVE,
  /** The host refuses the report, for good: the repository is gone. */
  UNDELIVERABLE
}
