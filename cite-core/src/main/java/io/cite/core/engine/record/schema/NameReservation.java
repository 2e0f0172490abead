package io.cite.core.engine.record.schema;

import io.cite.core.domain.service.EnvironmentId;
import java.time.Instant;

/** Which environment has a name. */
public record NameReservation(EnvironmentId environment, Instant at) {}
