package io.cite.core.engine.store;

import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Key;
import io.cite.core.engine.record.schema.Keys;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where settled deliveries are found: all by their time, and those about a repository by theirs. Of
 * repositories that no service is made from, as a hook of an organisation tells of many, only the
 * last deliveries are kept. The leader's; thread-safe.
 */
public final class DeliveryHistory {
  /** How many deliveries are kept about repositories that no service is made from. */
  public static final int MOST_UNRELATED = 1_000;

  private static final int READ_AT_ONCE = 25;

  private final Records records;
  private final AtomicInteger next;

  /**
   * A history in these records.
   *
   * @param now which place it uses next does not matter, but it should not be the same after each
   *     start
   */
  public DeliveryHistory(Records records, Instant now) {
    this.records = records;
    this.next = new AtomicInteger((int) (now.toEpochMilli() % MOST_UNRELATED));
  }

  /** Writes a delivery that is settled, about a repository that a service is made from or none. */
  public static void add(Records.Write write, Delivery settled) {
    write.put(Keys.delivery(settled.id()), settled).put(Keys.received(settled), settled);
    RepositoryName repository = settled.repository();
    if (repository != null) {
      write.put(Keys.receivedAbout(repository, settled), settled);
    }
  }

  /** Where deliveries about repositories without a service are written next. */
  public Places places() {
    return new Places();
  }

  /** The next places, each of which is read before it is used. Not thread-safe. */
  public final class Places {
    private final Map<String, DeliveryId> taken = new HashMap<>();
    private int from;
    private int until;

    private Places() {}

    /**
     * Writes a delivery that is settled, about a repository that no service is made from, in place
     * of an older one.
     */
    public void add(Records.Write write, Delivery settled) {
      int number = next.updateAndGet(last -> (last + 1) % MOST_UNRELATED);
      if (number < from || number >= until) {
        read(number);
      }
      Key<Delivery> place = Keys.unrelated(number);
      DeliveryId former = taken.get(place.path());
      write.put(Keys.delivery(settled.id()), settled).put(place, settled);
      if (former != null && !former.equals(settled.id())) {
        write.remove(Keys.delivery(former));
      }
    }

    /** Reads so many deliveries that they are at least those of as many places. */
    private void read(int first) {
      String before = first == 0 ? null : Keys.unrelated(first - 1).path();
      for (Versioned<Delivery> one : records.list(Keys.UNRELATED, before, READ_AT_ONCE)) {
        taken.put(one.key().path(), one.value().id());
      }
      from = first;
      until = Math.min(first + READ_AT_ONCE, MOST_UNRELATED);
    }
  }

  /** Deliveries that were received before that time, at most so many, the newest first. */
  public List<Versioned<Delivery>> before(Instant time, int limit) {
    String after = Keys.RECEIVED.path() + Delivery.positionBefore(time);
    return records.list(Keys.RECEIVED, after, limit);
  }

  /** Deletes a delivery that was read here; not if it was settled anew since. */
  public Records.Write forget(Versioned<Delivery> received) {
    Delivery delivery = received.value();
    Records.Write write = records.write().delete(received).remove(Keys.delivery(delivery.id()));
    RepositoryName repository = delivery.repository();
    return repository == null ? write : write.remove(Keys.receivedAbout(repository, delivery));
  }

  /**
   * Adds what an earlier version has settled and not put in its places, a page of deliveries.
   *
   * @param after the end of the page before; null begins with the first
   * @return the end of this page; null if it is the last one
   */
  public @Nullable String mend(@Nullable String after, int limit) {
    List<Versioned<Delivery>> page = records.list(Keys.DELIVERIES, after, limit);
    Set<DeliveryId> unrelated = new HashSet<>();
    records.list(Keys.UNRELATED).forEach(one -> unrelated.add(one.value().id()));
    for (Versioned<Delivery> delivery : page) {
      if (delivery.value().disposition().isFinal()
          && !unrelated.contains(delivery.value().id())
          && records.get(Keys.unsettled(delivery.value().id())).isEmpty()
          && records.get(Keys.received(delivery.value())).isEmpty()) {
        Records.Write write = records.write().require(delivery);
        add(write, delivery.value());
        write.commit();
      }
    }
    return page.size() < limit ? null : page.get(page.size() - 1).key().path();
  }
}
