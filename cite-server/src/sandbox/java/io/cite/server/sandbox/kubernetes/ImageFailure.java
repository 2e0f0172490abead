package io.cite.server.sandbox.kubernetes;

/** How pods of certain images fail. */
public enum ImageFailure {
  /** The image cannot be pulled. */
  IMAGE_PULL_BACK_OFF("ImagePullBackOff"),
  /** The container ends again and again. */
  CRASH_LOOP_BACK_OFF("CrashLoopBackOff"),
  /** The container runs and its readiness probe never succeeds. */
  NEVER_READY("Unready"),
  /** No node takes the pod. */
  UNSCHEDULABLE("Unschedulable");

  private final String reason;

  ImageFailure(String reason) {
    this.reason = reason;
  }

  /** Kubernetes' word for it. */
  public String reason() {
    return reason;
  }
}
