package io.cite.core.engine.record.schema;

import io.cite.core.domain.service.ServiceId;

/** A service made from a repository. */
public record ServiceLink(ServiceId service, long repositoryId) {}
