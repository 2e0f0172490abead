package io.cite.core.engine.store;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.source.Repository;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Key;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.NameReservation;
import io.cite.core.engine.record.schema.NamespaceReservation;
import io.cite.core.engine.record.schema.RepositoryRecord;
import io.cite.core.engine.record.schema.SealingContext;
import io.cite.core.engine.record.schema.ServiceLink;
import io.cite.core.engine.record.schema.SharedCleanup;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.NotFound;
import io.cite.core.port.SecretSealer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Services, their repositories, and who has which namespace. Thread-safe. */
public final class ServiceStore {
  private final Records records;

  ServiceStore(Records records) {
    this.records = records;
  }

  /** The service's life record. */
  public Optional<Revisioned<ServiceRecord>> find(ServiceId id) {
    return records.get(Keys.serviceRecord(id)).map(Revisioned::new);
  }

  /**
   * The service's life record.
   *
   * @throws NotFound if there is no such service
   */
  public Revisioned<ServiceRecord> get(ServiceId id) {
    return find(id).orElseThrow(() -> notFound(id));
  }

  /** The service's settings; empty while it is being made. */
  public Optional<Revisioned<ServiceSettings>> findSettings(ServiceId id) {
    return records.get(Keys.service(id)).map(Revisioned::new);
  }

  /**
   * The service's settings.
   *
   * @throws NotFound if there is no such service, or it is being made
   */
  public Revisioned<ServiceSettings> settings(ServiceId id) {
    return findSettings(id).orElseThrow(() -> notFound(id));
  }

  private static NotFound notFound(ServiceId id) {
    return new NotFound("There is no service " + id);
  }

  /** Services by id, beginning after the given one; null begins with the first. */
  public List<ServiceRecord> page(@Nullable ServiceId after, int limit) {
    String from = after == null ? null : Keys.serviceRecord(after).path();
    return records.list(Keys.SERVICES, from, limit).stream().map(Versioned::value).toList();
  }

  /** The services that are made from a repository. */
  public List<ServiceId> madeFrom(RepositoryName repository) {
    return records.list(Keys.linksOf(repository)).stream()
        .map(link -> link.value().service())
        .toList();
  }

  /**
   * Requires that a repository is the one that a service is made from.
   *
   * @param found what the source host has under the name of the service's repository
   * @throws Conflict if the name has another repository now
   */
  public void requireSame(ServiceSettings service, Repository found) {
    requireSame(service.id(), service.repositoryId(), found);
  }

  /**
   * Requires that a repository is the one that every service under its name is made from.
   *
   * @throws Conflict that names the first service that is made from another one
   */
  public void requireSame(Repository found) {
    records
        .list(Keys.linksOf(found.name()))
        .forEach(link -> requireSame(link.value().service(), link.value().repositoryId(), found));
  }

  private static void requireSame(ServiceId service, long repositoryId, Repository found) {
    if (found.id() != repositoryId) {
      throw new Conflict(
          ErrorCode.REPOSITORY_REPLACED,
          found.name()
              + " is another repository now: its number is "
              + found.id()
              + ", and the service "
              + service
              + " was created from "
              + repositoryId
              + ". Delete that service before you create one from this repository.");
    }
  }

  /** Whether the service is made from the repository. */
  public boolean isMadeFrom(ServiceId service, RepositoryName repository) {
    return records.get(Keys.link(repository, service)).isPresent();
  }

  /** The owner that has the namespace. */
  public Optional<String> ownerOf(Namespace namespace) {
    return records
        .get(Keys.namespace(namespace))
        .map(Versioned::value)
        .map(NamespaceReservation::owner);
  }

  /**
   * The service that is being deleted with what it was the last to need of the namespace or the
   * repository. Until it is gone, no service can begin there.
   */
  public Optional<ServiceId> lastOneLeaving(Namespace namespace, RepositoryName repository) {
    for (Key<SharedCleanup> mark :
        List.of(Keys.leavingRepository(repository), Keys.leavingNamespace(namespace))) {
      Optional<Versioned<SharedCleanup>> leaving = records.get(mark);
      if (leaving.isPresent()) {
        return leaving.map(found -> found.value().service());
      }
    }
    return Optional.empty();
  }

  /**
   * Adds a service with the names that it needs, and with the secret of its repository's webhook,
   * if the repository is new.
   *
   * @param former a creation of the same service that failed; null if there is none
   */
  public void create(
      Transaction transaction,
      ServiceRecord record,
      @Nullable Revisioned<ServiceRecord> former,
      SecretSealer sealer) {
    ServiceSettings service = record.settings();
    RepositoryName repository = service.repository();
    EnvironmentId environment = new EnvironmentId(service.id(), service.branch());
    Records.Write write = transaction.write();
    if (former == null) {
      write.create(Keys.serviceRecord(service.id()), record);
    } else {
      write.replace(former.stored(), record);
    }
    write
        .requireAbsent(Keys.leavingRepository(repository))
        .requireAbsent(Keys.leavingNamespace(service.id().namespace()))
        .create(
            Keys.link(repository, service.id()),
            new ServiceLink(service.id(), service.repositoryId()))
        .create(Keys.name(environment), new NameReservation(environment, service.createdAt()))
        .put(
            Keys.namespace(service.id().namespace()), new NamespaceReservation(repository.owner()));
    Optional<Versioned<RepositoryRecord>> known = records.get(Keys.repository(repository));
    if (known.isPresent()) {
      write.require(known.get());
    } else {
      String secret = sealer.seal(sealer.generate(), SealingContext.hook(repository));
      write.create(
          Keys.repository(repository),
          new RepositoryRecord(repository, service.repositoryId(), secret, null));
    }
  }

  /** Where the settings are stored, as a person would look them up. */
  public String locationOf(ServiceId id) {
    return Keys.service(id).path();
  }
}
