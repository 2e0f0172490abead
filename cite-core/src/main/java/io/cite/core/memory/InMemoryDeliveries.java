package io.cite.core.memory;

import io.cite.core.domain.source.SourceEvent;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.NotFound;
import io.cite.core.memory.InMemorySourceHost.Receiver;
import io.cite.core.port.HookSpec;
import io.cite.core.port.InstantSource;
import io.cite.core.port.source.FailedDelivery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The deliveries of {@link InMemorySourceHost}: hands them to the receiver, by the thread that
 * caused them and outside of any lock, and keeps those that it did not take. Thread-safe.
 */
final class InMemoryDeliveries {
  private record Delivery(
      long hookId, String url, String guid, String event, SourceEvent content, Instant at) {
    Delivery again(Instant now) {
      return new Delivery(hookId, url, guid, event, content, now);
    }
  }

  private final InstantSource clock;
  private final Map<Long, Delivery> failed = new LinkedHashMap<>();
  private Receiver receiver = (url, guid, event, content) -> {};
  private long attempts;
  private long made;

  InMemoryDeliveries(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void to(Receiver newReceiver) {
    receiver = newReceiver;
  }

  /** Makes a delivery; its GUID follows from how many were made before. */
  void deliver(long hookId, HookSpec hook, String event, SourceEvent content) {
    String guid;
    synchronized (this) {
      guid = new UUID(hookId, ++made).toString();
    }
    attempt(new Delivery(hookId, hook.url(), guid, event, content, clock.instant()));
  }

  private void attempt(Delivery delivery) {
    Receiver notified;
    long number;
    synchronized (this) {
      notified = receiver;
      number = ++attempts;
    }
    try {
      notified.receive(delivery.url(), delivery.guid(), delivery.event(), delivery.content());
    } catch (RuntimeException refused) {
      synchronized (this) {
        failed.put(number, delivery);
      }
      return;
    }
    synchronized (this) {
      failed.values().removeIf(earlier -> earlier.guid().equals(delivery.guid()));
    }
  }

  synchronized List<FailedDelivery> failedSince(long hookId, Instant since) {
    return failed.entrySet().stream()
        .filter(e -> e.getValue().hookId() == hookId && !e.getValue().at().isBefore(since))
        .map(
            e ->
                new FailedDelivery(
                    e.getKey(), e.getValue().guid(), e.getValue().event(), e.getValue().at()))
        .toList();
  }

  void again(long hookId, long number) {
    Delivery delivery;
    synchronized (this) {
      delivery = failed.get(number);
      if (delivery == null || delivery.hookId() != hookId) {
        throw new NotFound(
            ErrorCode.NOT_FOUND, "The hook " + hookId + " has no failed delivery " + number);
      }
      failed.remove(number);
    }
    attempt(delivery.again(clock.instant()));
  }
}
