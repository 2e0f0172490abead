package io.cite.core.engine.check;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not as it should be.
 *
 * @param target what it is about, such as {@code acme/hello/main#3}
 * @param text in words
 * @param repair what repairing does; null if only a person can do something, which the text says
 * @param outcome whether it was repaired
 * @param failure why repairing failed; null if it did not
 */
public record Finding(
    Kind kind,
    String target,
    String text,
    @Nullable String repair,
    Outcome outcome,
    @Nullable String failure) {

  /** What can be wrong. */
  public enum Kind {
    /** A Service in the cluster that belongs to no environment. */
    ORPHAN_SERVICE,
    /** A controller in the cluster that belongs to no deployment. */
    ORPHAN_ROLLOUT,
    /** An environment without its Service. */
    MISSING_SERVICE,
    /** A live deployment without its controller. */
    MISSING_ROLLOUT,
    /** An environment whose secret variables are not in the cluster. */
    MISSING_SECRET,
    /** Traffic goes elsewhere than the records say. */
    TRAFFIC_DRIFT,
    /** A delivery that was taken and nobody checked. */
    DELIVERY_UNSETTLED,
    /** A delivery that was put aside. */
    DELIVERY_QUARANTINED,
    /** A commit that an environment should have checked. */
    CHECK_OVERDUE,
    /** A build that should have been given up. */
    BUILD_OVERDUE,
    /** A deployment that should have been given up. */
    DEPLOYMENT_OVERDUE,
    /** A live deployment none of whose pods takes traffic. */
    DEPLOYMENT_WITHOUT_ENDPOINTS,
    /** The source host was not notified of a deployment. */
    STATUS_UNREPORTED,
    /** A notice or status that nobody takes. */
    OUTBOX_FAILING,
    /** A service that does not get ready, or whose deletion hangs. */
    SERVICE_STUCK,
    /** Builds and deployments of an environment that does not exist. */
    RECORDS_ORPHANED,
    /** A name that is held for something that does not exist. */
    RESERVATION_ORPHANED;

    /** The kind as it is shown: {@code orphan-service}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What became of a finding. */
  public enum Outcome {
    /** It was only checked. */
    FOUND,
    /** It was repaired, or the engine was made to check it. */
    REPAIRED,
    /** It is as it was, for the reason given, or because it changed meanwhile. */
    LEFT
  }
}
