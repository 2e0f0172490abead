package io.cite.core.memory;

import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.HookId;
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
      HookId hook, String url, DeliveryId id, String event, SourceEvent content, Instant at) {
    Delivery again(Instant now) {
      return new Delivery(hook, url, id, event, content, now);
    }
  }

  private final InstantSource clock;
  private final Map<Long, Delivery> failed = new LinkedHashMap<>();
  private Receiver receiver = (url, id, event, content) -> {};
  private long attempts;
  private long made;

  InMemoryDeliveries(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void to(Receiver newReceiver) {
    receiver = newReceiver;
  }

  /** Makes a delivery; its GUID follows from how many were made before. */
  void deliver(HookId hook, HookSpec spec, String event, SourceEvent content) {
    DeliveryId id;
    synchronized (this) {
      id = new DeliveryId(new UUID(hook.value(), ++made).toString());
    }
    attempt(new Delivery(hook, spec.url(), id, event, content, clock.instant()));
  }

  private void attempt(Delivery delivery) {
    Receiver notified;
    long number;
    synchronized (this) {
      notified = receiver;
      number = ++attempts;
    }
    try {
      notified.receive(delivery.url(), delivery.id(), delivery.event(), delivery.content());
    } catch (RuntimeException refused) {
      synchronized (this) {
        failed.put(number, delivery);
      }
      return;
    }
    synchronized (this) {
      failed.values().removeIf(earlier -> earlier.id().equals(delivery.id()));
    }
  }

  synchronized List<FailedDelivery> failedSince(HookId hook, Instant since) {
    return failed.entrySet().stream()
        .filter(e -> e.getValue().hook().equals(hook) && !e.getValue().at().isBefore(since))
        .map(
            e ->
                new FailedDelivery(
                    e.getKey(), e.getValue().id(), e.getValue().event(), e.getValue().at()))
        .toList();
  }

  void again(HookId hook, long number) {
    Delivery delivery;
    synchronized (this) {
      delivery = failed.get(number);
      if (delivery == null || !delivery.hook().equals(hook)) {
        throw new NotFound(
            ErrorCode.NOT_FOUND, "The hook " + hook + " has no failed delivery " + number);
      }
      failed.remove(number);
    }
    attempt(delivery.again(clock.instant()));
  }
}
