package io.cite.core.port.cluster;

import io.cite.core.domain.service.ContainerPorts;
import org.jspecify.annotations.Nullable;

/**
 * Where traffic goes.
 *
 * @param deploySeq number of the deployment that switched last; 0 before the first
 * @param rolloutSeq number of the rollout that the selector names; 0 if it matches nothing
 * @param ports the ports that the Service has; null if they are not TCP ports that lead to the same
 *     ports of the pods, so that somebody else must have set them
 * @param readyEndpoints how many pods can take traffic
 */
public record Traffic(
    long deploySeq, long rolloutSeq, @Nullable ContainerPorts ports, int readyEndpoints) {}
