package io.cite.core.engine.rollout;

import io.cite.core.domain.service.EnvironmentSettings.Standby;
import java.time.Duration;

/**
 * How deployments are carried out.
 *
 * @param rolloutTimeout how long a deployment may take to get ready
 * @param confirmTimeout how long it may take after a switch of traffic until a pod takes any
 * @param drainDelay time between the confirmation of a switch and the end of the former pods, for
 *     proxies that learn of a switch late
 * @param standby what is kept of the deployment that was live last, where its environment does not
 *     say
 * @param standbyTime how long after its retirement a warm standby has pods
 * @param retention how long the rollout of a retired deployment is kept for a rollback
 * @param keepRetired how many retired rollouts of an environment are kept at most
 */
public record RolloutSettings(
    Duration rolloutTimeout,
    Duration confirmTimeout,
    Duration drainDelay,
    Standby standby,
    Duration standbyTime,
    Duration retention,
    int keepRetired) {}
