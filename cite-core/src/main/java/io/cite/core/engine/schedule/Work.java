package io.cite.core.engine.schedule;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.RepositoryName;

/** Something that the leader has to do. Each is worked on by one thread at a time. */
public sealed interface Work {
  /** A delivery that could not be settled together with others. */
  record OfDelivery(DeliveryId id) implements Work {}

  /** A repository that seems to have another name now, or whose name has another repository. */
  record OfRepository(RepositoryName name) implements Work {}

  /** A service that is being created or deleted. */
  record OfService(ServiceId id) implements Work {}

  /** An environment: its checks, builds and deployments. */
  record OfEnvironment(EnvironmentId id) implements Work {}

  /** A message to another system. */
  record OfOutbox(String id) implements Work {}

  /** What is done again and again. */
  enum Routine implements Work {
    /** Settles the deliveries that wait. */
    INBOX,
    /** Lists everything that is unfinished; finds what no event reported. */
    RESYNC,
    /** Subscribes to the cluster's events. */
    LISTEN,
    /** Stores the leader's heartbeat. */
    HEARTBEAT,
    /** Looks for deliveries that the source host could not make. */
    REDELIVERIES,
    /** Compares branch heads with builds. */
    HEADS,
    /** Deletes what is past its retention. */
    RETENTION
  }
}
