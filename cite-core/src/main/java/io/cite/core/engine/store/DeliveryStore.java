package io.cite.core.engine.store;

import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.record.GroupCommit;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.PendingDelivery;
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
   */
  public List<Delivery> page(@Nullable String after, int limit) {
    String from = after == null ? null : Keys.RECEIVED.path() + after;
    return newestFirst(
            Stream.of(values(records.list(Keys.RECEIVED, from, limit)), pending(), unrelated())
                .flatMap(Function.identity())
                .filter(delivery -> after == null || delivery.position().compareTo(after) > 0))
        .limit(limit)
        .toList();
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
