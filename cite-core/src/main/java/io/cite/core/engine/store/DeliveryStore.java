package io.cite.core.engine.store;

import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.record.GroupCommit;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Key;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.PendingDelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The webhooks that were received. Thread-safe. */
public final class DeliveryStore {
  private static final int MOST_PENDING = 500;

  /** How much later than by this server's clock another one may have received something. */
  private static final Duration MOST_SKEW = Duration.ofHours(1);

  /** Positions that have so many digits in common are of 17 minutes, 3 hours, 28 hours, 12 days. */
  private static final int[] DIGITS = {8, 7, 6, 5, 0};

  private final Records records;
  private final GroupCommit writes;

  DeliveryStore(Records records) {
    this.records = records;
    this.writes = new GroupCommit(records);
  }

  /**
   * Adds a delivery and queues it for the engine. Deliveries that come at the same time are written
   * in one transaction.
   *
   * @return false if a delivery with its id is stored already
   * @throws io.cite.core.error.Upstream if it could not be stored, or nobody can tell
   */
  public boolean add(Delivery delivery) {
    return writes.commit(
        records
            .write()
            .create(Keys.delivery(delivery.id()), delivery)
            .put(Keys.unsettled(delivery.id()), PendingDelivery.of(delivery)));
  }

  /** The delivery with this id. */
  public Optional<Delivery> find(DeliveryId id) {
    return records.get(Keys.delivery(id)).map(Versioned::value);
  }

  /**
   * Deliveries, the newest first. Of those that are not settled, the first page has at most {@value
   * #MOST_PENDING}.
   *
   * @param after the {@link Delivery#position} of the last one of the page before; null begins with
   *     the newest
   * @param now what was received long after it is left out of the first page
   */
  public List<Delivery> page(@Nullable String after, Instant now, int limit) {
    String from = after == null ? Delivery.positionBefore(now.plus(MOST_SKEW)) : after;
    return newestFirst(
            Stream.of(settled(from, limit), pending(), unrelated())
                .flatMap(Function.identity())
                .filter(delivery -> delivery.position().compareTo(from) > 0))
        .limit(limit)
        .toList();
  }

  /**
   * Settled deliveries behind a position. A store may walk over all keys of a list, also past its
   * limit, so each list has the keys of a longer time than the one before.
   */
  private Stream<Delivery> settled(String from, int limit) {
    List<Delivery> found = new ArrayList<>();
    String last = from;
    for (int digits : DIGITS) {
      if (found.size() < limit) {
        Key<Delivery> part =
            new Key<>(Keys.RECEIVED.path() + from.substring(0, digits), Delivery.class);
        values(records.list(part, Keys.RECEIVED.path() + last, limit - found.size()))
            .forEach(found::add);
        last = found.isEmpty() ? from : found.get(found.size() - 1).position();
      }
    }
    return found.stream();
  }

  /** Deliveries about a repository, the newest first. */
  public List<Delivery> of(RepositoryName repository) {
    return newestFirst(
            Stream.concat(
                values(records.list(Keys.receivedOf(repository))),
                Stream.concat(pending(), unrelated())
                    .filter(
                        delivery -> {
                          RepositoryName about = delivery.repository();
                          return about != null && about.sameAs(repository);
                        })))
        .toList();
  }

  private Stream<Delivery> pending() {
    return records.list(Keys.INBOX, null, MOST_PENDING).stream()
        .map(mark -> mark.value().content())
        .filter(Objects::nonNull);
  }

  private Stream<Delivery> unrelated() {
    return values(records.list(Keys.UNRELATED));
  }

  private static Stream<Delivery> values(List<Versioned<Delivery>> deliveries) {
    return deliveries.stream().map(Versioned::value);
  }

  /** Each delivery once: as it is settled, if it is. */
  private static Stream<Delivery> newestFirst(Stream<Delivery> deliveries) {
    Map<String, Delivery> byPosition = new TreeMap<>();
    deliveries.forEach(delivery -> byPosition.putIfAbsent(delivery.position(), delivery));
    return byPosition.values().stream();
  }
}
