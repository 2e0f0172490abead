package io.cite.core.engine.sweep;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.domain.service.StepRecord.CreateStep;
import io.cite.core.domain.service.StepRecord.Progress;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.ServiceLink;
import io.cite.core.port.InstantSource;
import io.cite.core.port.source.Hooks;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Finds webhooks that somebody removed at the source host, the builder's as well as CITE's, has
 * them made again, and says so: in the service, its environments and the audit trail. A repository
 * is checked in every fourth of its turns instead of being searched, so that the requests of an
 * hour stay bounded; and at once if something was not reported.
 */
final class HookCheck {
  private static final int EVERY = 4;

  private final Records records;
  private final Hooks hooks;
  private final InstantSource clock;
  private final Supplier<Map<String, String>> wanted;
  private final Map<RepositoryName, Integer> turns = new ConcurrentHashMap<>();
  private final Set<RepositoryName> hurried = ConcurrentHashMap.newKeySet();

  /**
   * A check.
   *
   * @param wanted the hooks that every repository has: their URLs, each with its owner's name
   */
  HookCheck(
      Records records, Hooks hooks, InstantSource clock, Supplier<Map<String, String>> wanted) {
    this.records = records;
    this.hooks = hooks;
    this.clock = clock;
    this.wanted = wanted;
  }

  /** The repository is checked when it has its next turn. */
  void hurry(RepositoryName repository) {
    hurried.add(repository);
  }

  /** Whether this is a turn in which the repository is checked. */
  boolean isItsTurn(RepositoryName repository) {
    return turns.merge(repository, 1, Integer::sum) % EVERY == 0;
  }

  /** Whether the repository is to be checked at once. */
  boolean isHurried(RepositoryName repository) {
    return hurried.contains(repository);
  }

  /** Checks the repository; true if a hook is missing and is made again. */
  boolean isRepairing(RepositoryName repository) {
    Map<String, String> missing = new HashMap<>(wanted.get());
    missing.keySet().removeAll(hooks.urls(repository));
    hurried.remove(repository);
    return !missing.isEmpty() && repair(repository, missing.values());
  }

  /** Has CITE's own hook made again, which is gone. */
  void repair(RepositoryName repository) {
    repair(repository, List.of(SweepSettings.CITE));
  }

  /** Has the hooks made again by one of the services; false if none of them can now. */
  private boolean repair(RepositoryName repository, Collection<String> owners) {
    String whose = owners.stream().sorted().collect(Collectors.joining(" and of "));
    String text = "the webhook of " + whose + " was removed from " + repository + " at GitHub";
    boolean begun = false;
    for (Versioned<ServiceLink> link : records.list(Keys.linksOf(repository))) {
      ServiceId id = link.value().service();
      Optional<Versioned<ServiceRecord>> service =
          records
              .get(Keys.serviceRecord(id))
              .filter(stored -> stored.value().state() == ServiceState.READY);
      if (service.isPresent()) {
        begun = begun || degrade(service.get(), text);
        note(id, text);
      }
    }
    return begun;
  }

  private boolean degrade(Versioned<ServiceRecord> service, String text) {
    Instant now = clock.instant();
    ServiceRecord degraded =
        service
            .value()
            .with(CreateStep.WEBHOOKS, Progress.DEGRADED, text, now)
            .in(ServiceState.DEGRADED, text);
    AuditEntry entry =
        new AuditEntry(
            now,
            "cite",
            AuditAction.REPAIR,
            degraded.id().toString(),
            AuditEntry.Outcome.DONE,
            text + "; it is made again");
    return records.write().replace(service, degraded).audit(entry).commit();
  }

  private void note(ServiceId id, String text) {
    Instant now = clock.instant();
    for (Versioned<EnvironmentSettings> environment : records.list(Keys.environmentsOf(id))) {
      records
          .get(Keys.environmentState(environment.value().id()))
          .ifPresent(
              state -> records.write().replace(state, noted(state.value(), text, now)).commit());
    }
  }

  private static EnvironmentState noted(EnvironmentState state, String text, Instant now) {
    return state.withAttention(
        "Noticed at "
            + now
            + ": "
            + text
            + ". It is made again. A push may have been built late because of that.");
  }
}
