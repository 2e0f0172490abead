package io.cite.core.engine.record.schema;

import io.cite.core.domain.service.ServiceId;

/**
 * A mark on a repository or a namespace: this service finds out whether it is the last one there,
 * and deletes what they shared. Nobody else may begin there until it is gone.
 */
public record SharedCleanup(ServiceId service) {}
