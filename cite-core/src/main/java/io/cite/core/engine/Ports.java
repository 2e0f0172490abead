package io.cite.core.engine;

import io.cite.core.port.AuditTrail;
import io.cite.core.port.Builder;
import io.cite.core.port.ImageRegistry;
import io.cite.core.port.InstantSource;
import io.cite.core.port.LogIndex;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.Notifications;
import io.cite.core.port.SecretSealer;
import io.cite.core.port.cluster.Cluster;
import io.cite.core.port.source.SourceHost;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the core works with: one implementation of each port.
 *
 * @param logIndex null if none is configured: services are made without it
 * @param registry null if none is configured: images are taken by tag
 */
public record Ports(
    SourceHost source,
    Builder builder,
    Cluster cluster,
    MetadataStore store,
    @Nullable LogIndex logIndex,
    @Nullable ImageRegistry registry,
    Notifications notifications,
    AuditTrail audit,
    SecretSealer sealer,
    InstantSource clock) {}
