package io.cite.core.domain.service;

/** The life of a service. */
public enum ServiceState {
  /** Its parts are being made. */
  CREATING,
  /** All its parts are there. */
  READY,
  /** It works, but some steps are still being tried. */
  DEGRADED,
  /** A step failed for good; what had been made was taken back. */
  FAILED,
  /** Its parts are being deleted. */
  DELETING;

  /** Whether builds and deployments may be asked for. */
  public boolean isUsable() {
    return this == READY || this == DEGRADED;
  }
}
