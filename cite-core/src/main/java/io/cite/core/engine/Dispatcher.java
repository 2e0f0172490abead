package io.cite.core.engine;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.engine.environment.EnvironmentReconciler;
import io.cite.core.engine.inbox.Inbox;
import io.cite.core.engine.outbox.OutboxSender;
import io.cite.core.engine.record.FormerKeys;
import io.cite.core.engine.record.OpenMarks;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.StaleRead;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Key;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.repository.RepositoryIdentity;
import io.cite.core.engine.schedule.Work;
import io.cite.core.engine.schedule.Work.Routine;
import io.cite.core.engine.schedule.WorkQueue;
import io.cite.core.engine.service.ServiceReconciler;
import io.cite.core.engine.store.FormerTargets;
import io.cite.core.engine.sweep.Sweep;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.Upstream;
import io.cite.core.port.MetadataStore.Changed;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * The work of one term of leadership: it finds what is to be done in the store, hands each piece to
 * its reconciler, and tries again later what failed. All of its writes carry the term's fence.
 * Holds no threads: whoever drives it calls {@link #handle} with what the queue gives out.
 */
final class Dispatcher {
  /** What is watched. As a changed key it says that events were lost. */
  static final String ALL_KEYS = "/cite/";

  /** How often work begins again at once, because a record was changed meanwhile. */
  private static final int IMMEDIATE_RETRIES = 20;

  private static final String STALE =
      "Its records were changed at the same time, %d times in a row.";

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private static final Duration RELIST_INTERVAL = Duration.ofSeconds(30);
  private static final Duration LISTEN_AGAIN = Duration.ofSeconds(2);

  private final Records records;
  private final FormerTargets formerTargets;
  private final WorkQueue queue;
  private final Inbox inbox;
  private final RepositoryIdentity identity;
  private final ServiceReconciler services;
  private final EnvironmentReconciler environments;
  private final OutboxSender outbox;
  private final Sweep sweep;
  private final RoundEvents rounds = new RoundEvents();
  private final Runnable listen;
  private final BiConsumer<Work, RuntimeException> failures;
  private volatile boolean resynced;
  private final Map<Work, Integer> failed = new ConcurrentHashMap<>();
  private final Map<Work, Integer> outdated = new ConcurrentHashMap<>();

  /**
   * A dispatcher of one term.
   *
   * @param listen subscribes to the cluster's events; throws if it cannot be reached
   * @param failures called for each piece of work that failed and will be tried again
   */
  Dispatcher(
      TermParts parts,
      WorkQueue queue,
      Runnable listen,
      BiConsumer<Work, RuntimeException> failures) {
    this.records = parts.records();
    this.queue = queue;
    this.formerTargets = parts.formerTargets();
    this.inbox =
        parts.inbox(
            id -> queue.add(new Work.OfDelivery(id)),
            name -> queue.add(new Work.OfRepository(name)));
    this.identity = parts.identity();
    this.services = parts.services();
    this.environments = parts.environments();
    this.outbox =
        parts.outbox(
            (id, failure) -> failures.accept(new Work.OfOutbox(id), failure),
            id -> queue.add(new Work.OfOutbox(id)));
    this.sweep = parts.sweep();
    this.listen = listen;
    this.failures = failures;
  }

  /** Queues all work that there is; at first also what may only have to be checked. */
  private void resync() {
    if (!resynced) {
      FormerKeys.move(records);
      formerTargets.seal();
      OpenMarks.mend(records);
      for (Versioned<ServiceRecord> service : records.list(Keys.SERVICES)) {
        if (service.value().state() != ServiceState.READY) {
          queue.add(new Work.OfService(service.value().id()));
        }
      }
      records
          .list(Keys.ENVIRONMENTS)
          .forEach(environment -> queue.add(new Work.OfEnvironment(environment.value().id())));
    }
    queue.add(Routine.INBOX);
    OpenMarks.keys(records).forEach(this::enqueueOwner);
    records
        .list(Keys.CHECKS)
        .forEach(check -> queue.add(new Work.OfEnvironment(check.value().environment())));
    records.list(Keys.OUTBOX).forEach(item -> queue.add(new Work.OfOutbox(item.value().id())));
    resynced = true;
  }

  /** Queues the service or the environment whose record has this key. */
  private void enqueueOwner(String key) {
    if (key.startsWith(Keys.SERVICES.path())) {
      queue.add(new Work.OfService(ServiceId.parse(key.substring(Keys.SERVICES.path().length()))));
    } else {
      environment(key).ifPresent(id -> queue.add(new Work.OfEnvironment(id)));
    }
  }

  /** Queues what a change calls for; everything if events were lost. */
  void enqueue(Changed changed) {
    String key = changed.key();
    if (key.equals(ALL_KEYS)) {
      resynced = false;
      queue.add(Routine.RESYNC);
    } else if (changed.deleted() && isDone(key)) {
      // nothing is left to do
    } else if (key.startsWith(Keys.INBOX.path())) {
      queue.add(Routine.INBOX);
    } else if (key.startsWith(Keys.OUTBOX.path())) {
      queue.add(new Work.OfOutbox(key.substring(Keys.OUTBOX.path().length())));
    } else if (key.startsWith(Keys.SERVICES.path())) {
      String rest = key.substring(Keys.SERVICES.path().length());
      if (rest.indexOf('/') > 0) {
        queue.add(new Work.OfService(ServiceId.parse(rest)));
      }
    } else {
      environment(key)
          .filter(id -> rounds.callsForRound(id, key, changed.revision()))
          .ifPresent(id -> queue.add(new Work.OfEnvironment(id)));
      if (isSettings(key)) {
        // a service that is being deleted waits for its environments to go
        environment(key).ifPresent(id -> queue.add(new Work.OfService(id.service())));
      }
    }
  }

  /** Whether what this key asks for was done when it was deleted. */
  private static boolean isDone(String key) {
    return key.startsWith(Keys.INBOX.path())
        || key.startsWith(Keys.OUTBOX.path())
        || key.startsWith(Keys.CHECKS.path());
  }

  private static boolean isSettings(String key) {
    return key.startsWith("/cite/") && !key.startsWith("/cite/.");
  }

  private static Optional<EnvironmentId> environment(String key) {
    for (Key<?> area :
        new Key<?>[] {Keys.CHECKS, Keys.BUILDS, Keys.DEPLOYMENTS, Keys.ENVIRONMENTS}) {
      if (key.startsWith(area.path())) {
        return Keys.environmentIn(area, key);
      }
    }
    return isSettings(key)
        ? Keys.environmentIn(new Key<>("/cite/", EnvironmentState.class), key)
        : Optional.empty();
  }

  /**
   * Does a piece of work and queues it again for when it is due again, also if it throws an {@link
   * Error}.
   */
  void handle(Work work) {
    try {
      perform(work);
      failed.remove(work);
      outdated.remove(work);
    } catch (StaleRead e) {
      int times = outdated.merge(work, 1, Integer::sum);
      if (times <= IMMEDIATE_RETRIES) {
        queue.add(work);
      } else {
        queue.addAfter(work, pause(times - IMMEDIATE_RETRIES, e));
        failures.accept(work, new Conflict(ErrorCode.PRECONDITION_FAILED, STALE.formatted(times)));
      }
    } catch (RuntimeException e) {
      int times = failed.merge(work, 1, Integer::sum);
      queue.addAfter(work, pause(times, e));
      failures.accept(work, e);
    } catch (Error e) {
      queue.addAfter(work, LONGEST_PAUSE);
      throw e;
    }
  }

  private void perform(Work work) {
    if (work instanceof Work.OfDelivery delivery) {
      inbox.handleAlone(delivery.id());
    } else if (work instanceof Work.OfRepository repository) {
      identity.check(repository.name());
    } else if (work instanceof Work.OfService service) {
      services.reconcile(service.id()).ifPresent(pause -> queue.addAfter(work, pause));
    } else if (work instanceof Work.OfEnvironment environment) {
      reconcile(environment);
    } else if (work instanceof Work.OfOutbox item) {
      outbox.send(item.id()).ifPresent(at -> queue.add(work, at));
    } else if (work instanceof Routine routine) {
      perform(routine);
    }
  }

  private void reconcile(Work.OfEnvironment work) {
    rounds.begin(work.id());
    Map<String, Long> seen = Map.of();
    try {
      EnvironmentReconciler.Outcome outcome = environments.reconcile(work.id());
      outcome.next().ifPresent(at -> queue.add(work, at));
      seen = outcome.seen();
    } finally {
      if (rounds.end(work.id(), seen)) {
        queue.add(work);
      }
    }
  }

  private void perform(Routine routine) {
    switch (routine) {
      case INBOX -> inbox.handleAll();
      case RESYNC -> {
        // also if listing fails, the next list is due at its time
        queue.addAfter(routine, RELIST_INTERVAL);
        resync();
      }
      case LISTEN -> listen();
      case HEARTBEAT -> queue.addAfter(routine, sweep.heartbeat());
      case REDELIVERIES -> queue.addAfter(routine, sweep.redeliveries());
      case HEADS -> queue.addAfter(routine, sweep.heads());
      case RETENTION -> queue.addAfter(routine, sweep.retention());
    }
  }

  private void listen() {
    try {
      listen.run();
    } catch (RuntimeException e) {
      failures.accept(Routine.LISTEN, e);
      queue.addAfter(Routine.LISTEN, LISTEN_AGAIN);
    }
  }

  private static Duration pause(int times, RuntimeException e) {
    Duration backoff = FIRST_PAUSE.multipliedBy(1L << Math.min(times - 1, 10));
    if (backoff.compareTo(LONGEST_PAUSE) > 0) {
      backoff = LONGEST_PAUSE;
    }
    if (e instanceof Upstream upstream && upstream.retryAfter().isPresent()) {
      Duration asked = upstream.retryAfter().get();
      return asked.compareTo(backoff) > 0 ? asked : backoff;
    }
    return backoff;
  }
}
