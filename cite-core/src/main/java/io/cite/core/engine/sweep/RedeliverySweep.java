package io.cite.core.engine.sweep;

import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.HookScan;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.RedeliveryRequest;
import io.cite.core.engine.record.schema.RepositoryRecord;
import io.cite.core.error.CiteException;
import io.cite.core.error.NotFound;
import io.cite.core.error.Upstream;
import io.cite.core.port.InstantSource;
import io.cite.core.port.source.FailedDelivery;
import io.cite.core.port.source.Hooks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Searches CITE's hooks for deliveries that failed, and asks the host to make those again that CITE
 * has no record of. One repository at a time, each at an interval that grows with their number, so
 * that the requests of an hour are bounded; sooner after a downtime.
 */
final class RedeliverySweep {
  /** How often a delivery is asked for. */
  static final int MOST_TIMES = 5;

  /** A repository is not searched more often than this. */
  static final Duration SHORTEST_PAUSE = Duration.ofMinutes(10);

  /** Time between two repositories: 300 in an hour. */
  static final Duration STEP = Duration.ofSeconds(12);

  /** Time between two repositories after a downtime: 1,200 in an hour. */
  static final Duration CATCH_UP_STEP = Duration.ofSeconds(3);

  /** The host forgets deliveries after three days. */
  private static final Duration MEMORY = Duration.ofDays(3);

  private static final Duration OVERLAP = Duration.ofMinutes(5);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration LISTED_FOR = Duration.ofMinutes(1);
  private static final int MOST_AT_ONCE = 20;

  private final Records records;
  private final Hooks hooks;
  private final HookCheck hookCheck;
  private final InstantSource clock;
  private final Map<RepositoryName, Instant> searched = new ConcurrentHashMap<>();
  private List<Candidate> known = List.of();
  private Instant listed = Instant.EPOCH;

  RedeliverySweep(Records records, Hooks hooks, InstantSource clock, HookCheck hookCheck) {
    this.hookCheck = hookCheck;
    this.records = records;
    this.hooks = hooks;
    this.clock = clock;
  }

  private record Candidate(RepositoryName repository, HookId hookId, Instant until) {}

  /** Searches the repository whose turn it is; says when to come again. */
  Duration round() {
    Instant now = clock.instant();
    List<Candidate> all = candidates(now);
    @Nullable Instant backSince =
        records.get(Keys.heartbeat()).map(beat -> beat.value().backSince()).orElse(null);
    Duration even = STEP.multipliedBy(all.size());
    Duration each = even.compareTo(SHORTEST_PAUSE) > 0 ? even : SHORTEST_PAUSE;
    Optional<Candidate> next =
        all.stream()
            .filter(candidate -> isDue(candidate, each, backSince, now))
            .min(
                Comparator.comparing(Candidate::until)
                    .thenComparing(c -> c.repository().toString()));
    if (next.isEmpty()) {
      return IDLE;
    }
    searched.put(next.get().repository(), now);
    try {
      search(next.get(), missed(next.get(), backSince), now);
    } catch (CiteException e) {
      if (e instanceof Upstream upstream && upstream.retryAfter().isPresent()) {
        throw e;
      }
      // the others do not wait for it; it has its turn again
    }
    return missed(next.get(), backSince) ? CATCH_UP_STEP : STEP;
  }

  /** The repository has its turn now, and its hooks are checked: something was not reported. */
  void hurry(RepositoryName repository) {
    searched.remove(repository);
    hookCheck.hurry(repository);
  }

  private List<Candidate> candidates(Instant now) {
    if (now.isBefore(listed.plus(LISTED_FOR))) {
      return known;
    }
    Map<RepositoryName, Instant> until = new HashMap<>();
    records
        .list(Keys.HOOK_CHECKS)
        .forEach(check -> until.put(check.value().repository(), check.value().until()));
    List<Candidate> found = new ArrayList<>();
    for (Versioned<RepositoryRecord> stored : records.list(Keys.REPOSITORIES)) {
      HookId hook = stored.value().hookId();
      RepositoryName name = stored.value().repository();
      if (hook != null) {
        found.add(new Candidate(name, hook, until.getOrDefault(name, Instant.EPOCH)));
      }
    }
    known = found;
    listed = now;
    return known;
  }

  /** In a new term each has its turn once; then in its time, or at once after a downtime. */
  private boolean isDue(
      Candidate candidate, Duration each, @Nullable Instant backSince, Instant now) {
    Instant last = searched.get(candidate.repository());
    boolean again = backSince != null && last != null && last.isBefore(backSince);
    return last == null || again || !now.isBefore(last.plus(each));
  }

  /** Whether it could not be notified of something because CITE was away. */
  private static boolean missed(Candidate candidate, @Nullable Instant backSince) {
    return backSince != null && candidate.until().isBefore(backSince);
  }

  private void search(Candidate candidate, boolean downtime, Instant now) {
    Instant earliest = now.minus(MEMORY);
    Optional<Versioned<HookScan>> check = records.get(Keys.hookCheck(candidate.repository()));
    Instant from = check.map(done -> done.value().until().minus(OVERLAP)).orElse(earliest);
    boolean checkedOnly = !downtime && hookCheck.isItsTurn(candidate.repository());
    if (checkedOnly || hookCheck.isHurried(candidate.repository())) {
      if (hookCheck.isRepairing(candidate.repository()) || checkedOnly) {
        return;
      }
    }
    List<FailedDelivery> failed;
    try {
      failed =
          hooks.failedDeliveries(
              candidate.repository(),
              candidate.hookId(),
              from.isBefore(earliest) ? earliest : from);
    } catch (NotFound e) {
      hookCheck.repair(candidate.repository());
      return;
    }
    int asked = 0;
    for (FailedDelivery delivery : failed) {
      if (records.get(Keys.delivery(delivery.delivery())).isPresent()) {
        continue;
      }
      if (asked == MOST_AT_ONCE) {
        // the rest when it has its turn again
        return;
      }
      asked += ask(candidate, delivery, now) ? 1 : 0;
    }
    HookScan done = new HookScan(candidate.repository(), now);
    Records.Write write = records.write();
    if (check.isPresent()) {
      write.replace(check.get(), done).commit();
    } else {
      write.create(Keys.hookCheck(candidate.repository()), done).commit();
    }
  }

  private boolean ask(Candidate candidate, FailedDelivery delivery, Instant now) {
    int before =
        records.get(Keys.redelivery(delivery.delivery())).map(r -> r.value().times()).orElse(0);
    if (before >= MOST_TIMES) {
      return false;
    }
    records
        .write()
        .put(
            Keys.redelivery(delivery.delivery()),
            new RedeliveryRequest(delivery.delivery(), before + 1, now))
        .commitOrRetry();
    try {
      hooks.redeliver(candidate.repository(), candidate.hookId(), delivery.attempt());
    } catch (NotFound e) {
      // the host has forgotten it; the heads show what it would have reported
    }
    return true;
  }
}
