package io.cite.core.engine.service;

import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Key;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.SharedCleanup;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Whether a service that goes is the last one of its repository or namespace, so that what they
 * shared goes with it. While it is, a mark keeps others from beginning there: it is set before
 * checking, so whoever began earlier is seen, and whoever comes later sees the mark. It stays until
 * the service is gone, also across a crash.
 */
final class SharedResources {
  private static final Set<ServiceState> GOING = Set.of(ServiceState.DELETING, ServiceState.FAILED);

  private final Records records;

  SharedResources(Records records) {
    this.records = records;
  }

  /**
   * Whether no other service of the repository stays; others are kept away then.
   *
   * @throws Conflict if another service that goes is about it; to be tried again
   */
  boolean ofRepository(ServiceSettings service) {
    return isLast(
        Keys.leavingRepository(service.repository()),
        service.id(),
        () -> othersStay(service.id(), ofRepository(service.repository())));
  }

  /**
   * Whether no other service of the namespace stays; others are kept away then.
   *
   * @throws Conflict if another service that goes is about it; to be tried again
   */
  boolean ofNamespace(ServiceSettings service) {
    return isLast(
        Keys.leavingNamespace(service.id().namespace()),
        service.id(),
        () -> othersStay(service.id(), ofNamespace(service.id().namespace())));
  }

  /** Lets others begin again, with what else is written. */
  void release(ServiceSettings service, Records.Write write) {
    for (Key<SharedCleanup> mark : marks(service)) {
      if (isHeld(mark, service.id())) {
        write.remove(mark);
      }
    }
  }

  private static List<Key<SharedCleanup>> marks(ServiceSettings service) {
    return List.of(
        Keys.leavingRepository(service.repository()),
        Keys.leavingNamespace(service.id().namespace()));
  }

  private boolean isHeld(Key<SharedCleanup> mark, ServiceId by) {
    return records.get(mark).filter(held -> held.value().service().equals(by)).isPresent();
  }

  private boolean isLast(Key<SharedCleanup> mark, ServiceId service, BooleanSupplier othersStay) {
    if (isHeld(mark, service)) {
      // checked again, because the process may have ended before its first check
      return !leftToOthers(mark, othersStay);
    }
    if (othersStay.getAsBoolean()) {
      return false;
    }
    if (!records.write().create(mark, new SharedCleanup(service)).commit()) {
      throw new Conflict(
          ErrorCode.PRECONDITION_FAILED,
          "Another service is being deleted at the same time as " + service + ". Try again.");
    }
    return !leftToOthers(mark, othersStay);
  }

  private boolean leftToOthers(Key<SharedCleanup> mark, BooleanSupplier othersStay) {
    boolean left = othersStay.getAsBoolean();
    if (left) {
      records.write().remove(mark).commitOrRetry();
    }
    return left;
  }

  private List<ServiceId> ofRepository(RepositoryName repository) {
    return records.list(Keys.linksOf(repository)).stream()
        .map(link -> link.value().service())
        .toList();
  }

  private List<ServiceId> ofNamespace(Namespace namespace) {
    Key<ServiceRecord> all = new Key<>(Keys.SERVICES.path() + namespace + "/", ServiceRecord.class);
    return records.list(all).stream().map(other -> other.value().id()).toList();
  }

  private boolean othersStay(ServiceId service, List<ServiceId> all) {
    return all.stream().anyMatch(other -> !other.equals(service) && stays(other));
  }

  private boolean stays(ServiceId other) {
    Optional<Versioned<ServiceRecord>> record = records.get(Keys.serviceRecord(other));
    return record.isPresent() && !GOING.contains(record.get().value().state());
  }
}
