package io.cite.core.engine.rollout;

import java.time.Duration;

/**
 * How deployments are carried out.
 *
 * @param rolloutTimeout how long a deployment may take to get ready
 * @param confirmTimeout how long it may take after a switch of traffic until a pod takes any
 * @param retention how long the rollout of a retired deployment is kept for a rollback
 * @param keepRetired how many retired rollouts of an environment are kept at most
 */
public record RolloutSettings(
    Duration rolloutTimeout, Duration confirmTimeout, Duration retention, int keepRetired) {}
