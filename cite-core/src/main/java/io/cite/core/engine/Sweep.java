package io.cite.core.engine;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildOrigin;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.Delivery;
import io.cite.core.error.CiteException;
import io.cite.core.port.SourceHost.HeadAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds what no event told: branch heads that moved without a webhook, builds whose statuses got
 * lost, and deliveries that are old enough to be forgotten.
 */
final class Sweep {
  /** Looks at branch heads and open builds. */
  static final Work.Sweep HEADS = new Work.Sweep("heads");

  /** Removes what has passed its retention. */
  static final Work.Sweep GARBAGE = new Work.Sweep("garbage");

  private static final int PAGE = 500;

  private final Records records;
  private final Outside outside;
  private final EngineSettings settings;
  private final Map<EnvironmentId, String> etags = new ConcurrentHashMap<>();
  private final Map<EnvironmentId, CommitId> suspects = new ConcurrentHashMap<>();

  Sweep(Records records, Outside outside, EngineSettings settings) {
    this.records = records;
    this.outside = outside;
    this.settings = settings;
  }

  /** Does a round; says when the next one is due. */
  Duration run(Work.Sweep round) {
    if (round.equals(HEADS)) {
      records.list(Keys.ENVIRONMENTS).forEach(this::lookAtHead);
    } else {
      forgetDeliveries();
    }
    return settings.sweepInterval();
  }

  private void lookAtHead(Stored<EnvironmentState> stored) {
    EnvironmentId id = stored.value().id();
    Optional<Stored<ServiceSettings>> service = records.get(Keys.service(id.service()));
    if (service.isEmpty() || stored.value().deleting()) {
      return;
    }
    HeadAnswer answer;
    try {
      answer =
          outside
              .source()
              .headSince(service.get().value().repository(), id.branch(), etags.get(id));
    } catch (CiteException e) {
      return;
    }
    if (answer.etag() != null) {
      etags.put(id, answer.etag());
    }
    List<Build> builds = records.list(Keys.buildsOf(id)).stream().map(Stored::value).toList();
    for (Build build : builds) {
      if (!build.state().isFinal()) {
        look(id, build.commit(), "sweep: the build is open");
      }
    }
    @Nullable CommitId head = answer.head();
    if (answer.unchanged()) {
      head = suspects.get(id);
    }
    if (head == null || head.equals(stored.value().head())) {
      return;
    }
    CommitId moved = head;
    if (builds.stream().anyMatch(build -> build.commit().equals(moved))) {
      records.write().replace(stored, stored.value().withHead(moved)).commit();
      return;
    }
    if (!moved.equals(suspects.put(id, moved))) {
      // its webhook may be on the way: the next round will tell
      return;
    }
    EnvironmentState next = stored.value().nextBuild().withHead(moved);
    Instant now = outside.clock().instant();
    Build found =
        Build.queued(
            id,
            next.lastBuild(),
            moved,
            BuildOrigin.SWEEP,
            "found by sweep",
            0,
            now,
            now.plus(settings.buildPatience()));
    records.write().replace(stored, next).create(Keys.build(id, next.lastBuild()), found).commit();
  }

  private void look(EnvironmentId id, CommitId commit, String why) {
    if (records.get(Keys.look(id, commit)).isEmpty()) {
      records
          .write()
          .create(Keys.look(id, commit), new Bookkeeping.Look(id, commit, false, why))
          .commit();
    }
  }

  private void forgetDeliveries() {
    Instant limit = outside.clock().instant().minus(settings.keepDeliveries());
    @Nullable String after = null;
    List<Stored<Delivery>> page;
    do {
      page = records.list(Keys.DELIVERIES, after, PAGE);
      for (Stored<Delivery> delivery : page) {
        after = delivery.key().path();
        if (delivery.value().disposition().isFinal()
            && delivery.value().receivedAt().isBefore(limit)) {
          records.write().delete(delivery).commit();
        }
      }
    } while (page.size() == PAGE);
  }
}
