package io.cite.core.engine.outbox;

import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.OutboxMessage;
import io.cite.core.port.Notifications.Notice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps the outbox from growing without end while somebody outside takes nothing: for each target
 * of a service, and in all, only the newest items are kept. Commit statuses are dropped last, audit
 * entries never.
 */
public final class OutboxQuota {
  /** How many items may wait for one target of one service. */
  static final int PER_TARGET = 1_000;

  /** How many items may wait in all. */
  static final int IN_ALL = 10_000;

  private static final Comparator<Versioned<OutboxMessage>> LEAST_FIRST =
      Comparator.comparing((Versioned<OutboxMessage> item) -> item.value().status() != null)
          .thenComparing(item -> item.value().since())
          .thenComparing(item -> item.value().id());

  private final Records records;
  private final AtomicLong dropped;

  public OutboxQuota(Records records, AtomicLong dropped) {
    this.records = records;
    this.dropped = dropped;
  }

  /** Drops the oldest items above the bounds, and counts them. */
  public void enforce() {
    List<Versioned<OutboxMessage>> all = new ArrayList<>(records.list(Keys.OUTBOX));
    all.removeIf(item -> item.value().audit() != null);
    Map<String, List<Versioned<OutboxMessage>>> byTarget = new HashMap<>();
    for (Versioned<OutboxMessage> item : all) {
      Notice notice = item.value().notice();
      NotificationTarget.Sealed target = item.value().target();
      if (notice != null && target != null) {
        byTarget
            .computeIfAbsent(notice.service() + " " + target, key -> new ArrayList<>())
            .add(item);
      }
    }
    byTarget.values().forEach(items -> all.removeAll(drop(items, PER_TARGET)));
    drop(all, IN_ALL);
  }

  private List<Versioned<OutboxMessage>> drop(List<Versioned<OutboxMessage>> items, int bound) {
    int surplus = items.size() - bound;
    if (surplus <= 0) {
      return List.of();
    }
    List<Versioned<OutboxMessage>> gone =
        items.stream().sorted(LEAST_FIRST).limit(surplus).toList();
    for (Versioned<OutboxMessage> item : gone) {
      if (records.write().delete(item).commit()) {
        dropped.incrementAndGet();
      }
    }
    return gone;
  }
}
