package io.cite.core.engine;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Key;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.store.Stores;
import io.cite.core.error.CiteException;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.Subscription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What changed in services, builds and deployments, on every replica: each change is the record as
 * it is now, and its number is the revision that wrote it, so whoever was away asks for what came
 * after the last number seen.
 */
public final class StateChanges {
  /**
   * A record that changed.
   *
   * @param id revision that wrote it
   * @param environment null for a service
   * @param build null unless a build changed
   * @param deployment null unless a deployment changed
   */
  public record Change(
      long id,
      ServiceId service,
      @Nullable EnvironmentId environment,
      @Nullable ServiceRecord record,
      @Nullable Build build,
      @Nullable Deployment deployment) {}

  private static final String AREA = "/cite/.";

  private final MetadataStore store;
  private final Records records;

  /** Changes in this store, read through the stores over it. */
  public StateChanges(MetadataStore store, Stores stores) {
    this.store = store;
    this.records = stores.records();
  }

  /**
   * Hands over changes as they happen; called from the store's threads. One change may be handed
   * over twice, and of two quick changes of one record only the later one.
   *
   * @param missed called if something changed and the store did not tell what: {@link #since} tells
   *     later
   */
  public Subscription subscribe(Consumer<Change> listener, Runnable missed) {
    AtomicLong last = new AtomicLong(Long.MAX_VALUE);
    Consumer<Change> counted =
        change -> {
          last.updateAndGet(
              seen -> seen == Long.MAX_VALUE ? change.id() : Math.max(seen, change.id()));
          listener.accept(change);
        };
    return store.watch(
        AREA,
        changed -> {
          try {
            if (changed.key().equals(AREA)) {
              // events were lost: whatever is newer than the last change that was handed over
              since(last.get()).forEach(counted);
            } else {
              read(changed.key()).ifPresent(counted);
            }
          } catch (CiteException e) {
            missed.run();
          }
        });
  }

  /** The records that were written after a revision, in the order of their revisions. */
  public List<Change> since(long revision) {
    List<Change> changes = new ArrayList<>();
    records.list(Keys.SERVICES).forEach(s -> changes.add(change(s)));
    records.list(Keys.BUILDS).forEach(b -> changes.add(ofBuild(b)));
    records.list(Keys.DEPLOYMENTS).forEach(d -> changes.add(ofDeployment(d)));
    changes.removeIf(change -> change.id() <= revision);
    changes.sort(Comparator.comparingLong(Change::id));
    return changes;
  }

  private Optional<Change> read(String key) {
    if (key.startsWith(Keys.SERVICES.path())) {
      return records.get(new Key<>(key, ServiceRecord.class)).map(StateChanges::change);
    }
    if (key.startsWith(Keys.BUILDS.path())) {
      return records.get(new Key<>(key, Build.class)).map(StateChanges::ofBuild);
    }
    if (key.startsWith(Keys.DEPLOYMENTS.path())) {
      return records.get(new Key<>(key, Deployment.class)).map(StateChanges::ofDeployment);
    }
    return Optional.empty();
  }

  private static Change change(Versioned<ServiceRecord> s) {
    return new Change(s.revision(), s.value().id(), null, s.value(), null, null);
  }

  private static Change ofBuild(Versioned<Build> b) {
    EnvironmentId id = b.value().environment();
    return new Change(b.revision(), id.service(), id, null, b.value(), null);
  }

  private static Change ofDeployment(Versioned<Deployment> d) {
    EnvironmentId id = d.value().environment();
    return new Change(d.revision(), id.service(), id, null, null, d.value());
  }
}
