package io.cite.core.engine;

import io.cite.core.domain.image.ImagePolicy;
import io.cite.core.domain.service.EnvironmentSettings.Standby;
import io.cite.core.engine.rollout.RolloutSettings;
import io.cite.core.port.Links;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the engine works.
 *
 * @param links where CITE is reached
 * @param statusContext context of the builder's commit statuses
 * @param images where images may lie
 * @param collaborator login of the CITE account; null if none is to be added
 * @param adoptNamespaces namespaces that CITE may use though it did not make them
 * @param rolloutTimeout how long a deployment may take to get ready
 * @param confirmTimeout how long it may take after a switch of traffic until a pod takes any
 * @param drainDelay time between the confirmation of a switch and the end of the former pods
 * @param standby what is kept of the deployment that was live last, where its environment does not
 *     say
 * @param standbyTime how long after its retirement a warm standby has pods
 * @param buildTimeout how long a build may show no progress
 * @param createTimeout how long a step of a creation is retried
 * @param retention how long the rollout of a retired deployment is kept for a rollback
 * @param keepRetired how many retired rollouts of an environment are kept at most
 * @param keepHistory how long ended builds and deployments are kept; the newest ones always are
 * @param keepDeliveries how long settled deliveries are kept
 * @param sweepInterval how often CITE looks for what no event reported
 * @param sweepRequests how many new heads that search may find in an hour, so that it does not use
 *     up what the source host allows
 */
public record EngineSettings(
    Links links,
    String statusContext,
    ImagePolicy images,
    @Nullable String collaborator,
    Set<String> adoptNamespaces,
    Duration rolloutTimeout,
    Duration confirmTimeout,
    Duration drainDelay,
    Standby standby,
    Duration standbyTime,
    Duration buildTimeout,
    Duration createTimeout,
    Duration retention,
    int keepRetired,
    Duration keepHistory,
    Duration keepDeliveries,
    Duration sweepInterval,
    int sweepRequests) {
  /** The events that CITE's webhook is called for. */
  public static final Set<String> EVENTS =
      Set.of("push", "status", "delete", "pull_request", "repository");

  public EngineSettings {
    adoptNamespaces = Set.copyOf(adoptNamespaces);
  }

  /** The usual settings of a system that is reached there. */
  public static EngineSettings at(Links links) {
    return new EngineSettings(
        links,
        "buildbot/cite-build",
        ImagePolicy.unrestricted(),
        null,
        Set.of(),
        Duration.ofMinutes(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Standby.WARM,
        Duration.ofMinutes(15),
        Duration.ofMinutes(60),
        Duration.ofMinutes(10),
        Duration.ofHours(1),
        3,
        Duration.ofDays(90),
        Duration.ofDays(7),
        Duration.ofMinutes(2),
        100);
  }

  /** These settings with another rule for images. */
  public EngineSettings with(ImagePolicy policy) {
    return new EngineSettings(
        links,
        statusContext,
        policy,
        collaborator,
        adoptNamespaces,
        rolloutTimeout,
        confirmTimeout,
        drainDelay,
        standby,
        standbyTime,
        buildTimeout,
        createTimeout,
        retention,
        keepRetired,
        keepHistory,
        keepDeliveries,
        sweepInterval,
        sweepRequests);
  }

  /** How deployments are carried out. */
  public RolloutSettings rollout() {
    return new RolloutSettings(
        rolloutTimeout, confirmTimeout, drainDelay, standby, standbyTime, retention, keepRetired);
  }
}
