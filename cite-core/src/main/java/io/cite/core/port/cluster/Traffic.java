package io.cite.core.port.cluster;

/**
 * Where traffic goes.
 *
 * @param deploySeq number of the deployment that switched last; 0 before the first
 * @param rolloutSeq number of the rollout that the selector names; 0 if it matches nothing
 * @param readyEndpoints how many pods can take traffic
 */
public record Traffic(long deploySeq, long rolloutSeq, int readyEndpoints) {}
