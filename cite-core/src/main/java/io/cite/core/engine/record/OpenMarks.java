package io.cite.core.engine.record;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.engine.record.schema.Key;
import io.cite.core.engine.record.schema.Key.OpenMark;
import io.cite.core.engine.record.schema.Keys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Marks of the services, environments, builds and deployments about which something is to be done.
 * By them the leader finds its work without reading what has ended. Each write of such a record
 * keeps its mark, in the same transaction.
 */
public final class OpenMarks {
  private static final List<Key<? extends Record>> AREAS =
      List.of(Keys.SERVICES, Keys.ENVIRONMENTS, Keys.BUILDS, Keys.DEPLOYMENTS);

  private OpenMarks() {}

  /** The mark of the record at this key; empty if such records have none. */
  static Optional<Key<OpenMark>> of(Key<?> key) {
    return AREAS.stream().anyMatch(area -> key.path().startsWith(area.path()))
        ? Optional.of(Keys.open(key))
        : Optional.empty();
  }

  /** Whether something is to be done about the record. */
  static boolean isOpen(Record value) {
    if (value instanceof Build build) {
      return !build.state().isFinal() || build.awaitsDecision() || build.awaitsStop();
    }
    if (value instanceof Deployment deployment) {
      return !deployment.isSettled();
    }
    if (value instanceof EnvironmentState environment) {
      return environment.deleting();
    }
    // a degraded one is queued for when it is to be tried again
    return value instanceof ServiceRecord service
        && service.state() != ServiceState.READY
        && service.state() != ServiceState.DEGRADED;
  }

  /**
   * Makes the marks that are missing and deletes those that are left over, as after an upgrade from
   * a version that kept none. Reads all records. Only for a leader.
   */
  public static void mend(Records records) {
    Map<String, Versioned<OpenMark>> marks = new HashMap<>();
    records.list(Keys.OPEN).forEach(mark -> marks.put(mark.value().key(), mark));
    for (Key<? extends Record> area : AREAS) {
      for (Versioned<? extends Record> stored : records.list(area)) {
        String path = stored.key().path();
        Versioned<OpenMark> mark = marks.remove(path);
        if (isOpen(stored.value()) && mark == null) {
          records.write().require(stored).put(Keys.open(stored.key()), new OpenMark(path)).commit();
        } else if (!isOpen(stored.value()) && mark != null) {
          records.write().require(stored).delete(mark).commit();
        }
      }
    }
    for (Versioned<OpenMark> left : marks.values()) {
      Key<OpenMark> gone = new Key<>(left.value().key(), OpenMark.class);
      records.write().requireAbsent(gone).delete(left).commit();
    }
  }

  /** The keys of the records about which something is to be done. */
  public static Stream<String> keys(Records records) {
    return records.list(Keys.OPEN).stream().map(mark -> mark.value().key());
  }
}
