package io.cite.core.engine.schedule;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.ServiceId;

/** Something the leader has to look at; each is worked on by one thread at a time. */
public sealed interface Work {
  /** A delivery that could not be settled together with others. */
  record OfDelivery(String id) implements Work {}

  /** A service that is being made or taken away. */
  record OfService(ServiceId id) implements Work {}

  /** An environment: its looks, builds, deployments. */
  record OfEnvironment(EnvironmentId id) implements Work {}

  /** Something to be told to somebody outside. */
  record OfOutbox(String id) implements Work {}

  /** A round of looking for what no event told. */
  record Sweep(String kind) implements Work {}
}
