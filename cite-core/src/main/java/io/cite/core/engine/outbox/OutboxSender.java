package io.cite.core.engine.outbox;

import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.OutboxMessage;
import io.cite.core.error.CiteException;
import io.cite.core.error.InvalidInput;
import io.cite.core.error.Upstream;
import io.cite.core.port.AuditTrail;
import io.cite.core.port.InstantSource;
import io.cite.core.port.Notifications;
import io.cite.core.port.Notifications.Notice;
import io.cite.core.port.source.Reports;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Delivers the messages of the outbox, at least once. A failed message carries the time of its next
 * attempt in its record, so that its own update does not cause an attempt. A message whose service
 * or target does not exist any more is deleted. A message that no attempt delivers within a day is
 * deleted and counted, but an audit entry is kept until the trail has it.
 */
public final class OutboxSender {
  private static final Duration GIVE_UP_AFTER = Duration.ofDays(1);

  private final Records records;
  private final Reports reports;
  private final Notifications notifications;
  private final TargetUrls urls;
  private final AuditTrail trail;
  private final InstantSource clock;
  private final AtomicLong dropped;
  private final BiConsumer<String, RuntimeException> failures;
  private final TargetBackoff targets;

  /** What opens the URLs of targets. */
  @FunctionalInterface
  public interface TargetUrls {
    /**
     * The target with its URL.
     *
     * @throws io.cite.core.error.InvalidInput if the URL cannot be opened
     */
    NotificationTarget open(ServiceId service, NotificationTarget.Sealed stored);
  }

  /**
   * A sender.
   *
   * @param dropped counts the messages that were deleted without having been delivered
   * @param failures called once for each failed attempt, with the message's id
   * @param wake queues a message, by its id, to be sent now
   */
  public OutboxSender(
      Records records,
      Reports reports,
      Notifications notifications,
      TargetUrls urls,
      AuditTrail trail,
      InstantSource clock,
      AtomicLong dropped,
      BiConsumer<String, RuntimeException> failures,
      Consumer<String> wake) {
    this.records = records;
    this.reports = reports;
    this.notifications = notifications;
    this.urls = urls;
    this.trail = trail;
    this.clock = clock;
    this.dropped = dropped;
    this.failures = failures;
    this.targets = new TargetBackoff(wake);
  }

  /** Sends one message if its time has come; says when to try again, empty if it is done with. */
  public Optional<Instant> send(String id) {
    Optional<Versioned<OutboxMessage>> stored = records.get(Keys.outboxMessage(id));
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    OutboxMessage message = stored.get().value();
    if (!isWanted(message)) {
      records.write().delete(stored.get()).commitOrRetry();
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (message.next() != null && now.isBefore(message.next())) {
      return Optional.of(message.next());
    }
    Optional<Instant> wait = targets.enter(message.destination(), id, now);
    return wait.isPresent() ? wait : attempt(stored.get(), now);
  }

  private Optional<Instant> attempt(Versioned<OutboxMessage> stored, Instant now) {
    OutboxMessage message = stored.value();
    try {
      deliver(message);
    } catch (RuntimeException e) {
      Optional<Duration> asked =
          e instanceof Upstream upstream ? upstream.retryAfter() : Optional.empty();
      Instant next = targets.failed(message.destination(), now, asked);
      failures.accept(message.id(), e);
      boolean permanent =
          e instanceof CiteException && !(e instanceof Upstream upstream && upstream.isRetryable());
      boolean expired = permanent || !now.isBefore(message.since().plus(GIVE_UP_AFTER));
      if (!expired || message.audit() != null) {
        records.write().replace(stored, message.failed(next)).commitOrRetry();
        return Optional.of(next);
      }
      dropped.incrementAndGet();
      records.write().delete(stored).commitOrRetry();
      return Optional.empty();
    }
    targets.delivered(message.destination());
    records.write().delete(stored).commitOrRetry();
    return Optional.empty();
  }

  /** Whether the service that the message is about exists and still names its target. */
  private boolean isWanted(OutboxMessage message) {
    OutboxMessage.StatusReport status = message.status();
    if (message.audit() != null) {
      return true;
    }
    if (status != null) {
      return !records.list(Keys.linksOf(status.repository())).isEmpty();
    }
    Notice notice = message.notice();
    NotificationTarget.Sealed target = message.target();
    if (notice == null || target == null) {
      return false;
    }
    ServiceId id = ServiceId.parse(notice.service());
    return records
        .get(Keys.service(id))
        .filter(service -> isTargetOf(service.value(), target))
        .isPresent();
  }

  private boolean isTargetOf(ServiceSettings service, NotificationTarget.Sealed target) {
    return service.notifications().stream()
        .anyMatch(stored -> stored.equals(target) || isSame(service.id(), stored, target));
  }

  private boolean isSame(
      ServiceId service, NotificationTarget.Sealed stored, NotificationTarget.Sealed target) {
    try {
      return urls.open(service, stored).equals(urls.open(service, target));
    } catch (InvalidInput e) {
      // one was sealed with a key that is not known any more
      return false;
    }
  }

  private void deliver(OutboxMessage message) {
    OutboxMessage.StatusReport status = message.status();
    if (message.audit() != null) {
      trail.append(message.id(), message.audit());
    } else if (status != null) {
      reports.reportStatus(
          status.repository(),
          status.commit(),
          status.state(),
          status.context(),
          status.description(),
          status.targetUrl());
    } else if (message.notice() != null && message.target() != null) {
      ServiceId service = ServiceId.parse(message.notice().service());
      notifications.send(urls.open(service, message.target()), message.notice());
    }
  }
}
