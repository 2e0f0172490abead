package io.cite.core.port.cluster;

import io.cite.core.domain.service.Namespace;

/** A Service (seq 0) or a controller that carries CITE's labels. */
public record ClusterObject(Namespace namespace, String environment, long seq) {}
