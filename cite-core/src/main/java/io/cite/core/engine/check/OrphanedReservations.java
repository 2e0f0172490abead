package io.cite.core.engine.check;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.engine.check.Finding.Kind;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.NameReservation;
import io.cite.core.engine.record.schema.NamespaceReservation;
import io.cite.core.engine.record.schema.ServiceLink;
import io.cite.core.port.InstantSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds names that are held for what does not exist, so that nobody else can have them. */
final class OrphanedReservations {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final String RELEASE = "delete the reservation";

  private final Records records;
  private final InstantSource clock;

  OrphanedReservations(Records records, InstantSource clock) {
    this.records = records;
    this.clock = clock;
  }

  List<Issue> find() {
    List<Issue> found = new ArrayList<>();
    records.list(Keys.NAMES).forEach(claim -> name(found, claim));
    records.list(Keys.LINKS).forEach(link -> link(found, link));
    // the claims first: whoever makes a service meanwhile writes its claim anew
    List<Versioned<NamespaceReservation>> claims = records.list(Keys.NAMESPACES);
    Set<String> namespaces = new HashSet<>();
    for (Versioned<ServiceRecord> service : records.list(Keys.SERVICES)) {
      namespaces.add(Keys.namespace(service.value().id().namespace()).path());
    }
    for (Versioned<NamespaceReservation> claim : claims) {
      if (!namespaces.contains(claim.key().path())) {
        namespace(found, claim);
      }
    }
    return found;
  }

  private void name(List<Issue> found, Versioned<NameReservation> claim) {
    EnvironmentId id = claim.value().environment();
    Optional<Versioned<ServiceRecord>> service = records.get(Keys.serviceRecord(id.service()));
    // the name of a service's own branch is given back with the service
    boolean isOwn =
        service.filter(s -> s.value().settings().branch().equals(id.branch())).isPresent();
    boolean fresh = claim.value().at().plus(TIMEOUT).isAfter(clock.instant());
    if (fresh || isOwn || records.get(Keys.environment(id)).isPresent()) {
      return;
    }
    found.add(
        Issue.repairable(
            Kind.RESERVATION_ORPHANED,
            "name " + id.namespace() + "/" + id.name(),
            "is reserved for " + id + ", which does not exist",
            RELEASE,
            () -> records.write().requireAbsent(Keys.environment(id)).delete(claim).commit()));
  }

  private void link(List<Issue> found, Versioned<ServiceLink> link) {
    ServiceId id = link.value().service();
    if (records.get(Keys.serviceRecord(id)).isPresent()) {
      return;
    }
    found.add(
        Issue.repairable(
            Kind.RESERVATION_ORPHANED,
            "link " + link.key().path().substring(Keys.LINKS.path().length()),
            "refers to the service " + id + ", which does not exist",
            RELEASE,
            () -> records.write().requireAbsent(Keys.serviceRecord(id)).delete(link).commit()));
  }

  private void namespace(List<Issue> found, Versioned<NamespaceReservation> claim) {
    String namespace = claim.key().path().substring(Keys.NAMESPACES.path().length());
    found.add(
        Issue.repairable(
            Kind.RESERVATION_ORPHANED,
            "namespace " + namespace,
            "is reserved for the owner " + claim.value().owner() + ", who has no service",
            RELEASE,
            () -> records.write().delete(claim).commit()));
  }
}
