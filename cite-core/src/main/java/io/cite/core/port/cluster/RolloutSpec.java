package io.cite.core.port.cluster;

import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.Probe;
import io.cite.core.domain.service.Variables;
import io.cite.core.domain.source.CommitId;

/**
 * A rollout as it shall be.
 *
 * @param hasSecrets whether the environment's Secret is to be put into the pods' variables
 */
public record RolloutSpec(
    RolloutId id,
    CommitId commit,
    ImageReference image,
    int replicas,
    ContainerPorts ports,
    Probe probe,
    Variables variables,
    boolean hasSecrets) {}
