package io.cite.core.engine.check;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.engine.check.Finding.Kind;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds builds and deployments of environments that do not exist: they would stand in the way of
 * the next environment of that name, which counts from one again.
 */
final class RecordCheck {
  private static final int BATCH = 50;

  private final Records records;

  RecordCheck(Records records) {
    this.records = records;
  }

  List<Issue> find() {
    Set<EnvironmentId> named = new LinkedHashSet<>();
    records.list(Keys.BUILDS).forEach(build -> named.add(build.value().environment()));
    records.list(Keys.DEPLOYMENTS).forEach(d -> named.add(d.value().environment()));
    List<Issue> found = new ArrayList<>();
    for (EnvironmentId id : named) {
      if (isGone(id)) {
        environment(found, id);
      }
    }
    return found;
  }

  private boolean isGone(EnvironmentId id) {
    return records.get(Keys.environmentState(id)).isEmpty();
  }

  private void environment(List<Issue> found, EnvironmentId id) {
    // read once more: an environment's state goes after all else, and comes before it
    List<Versioned<? extends Record>> left = new ArrayList<>(records.list(Keys.buildsOf(id)));
    int builds = left.size();
    left.addAll(records.list(Keys.deploymentsOf(id)));
    if (!left.isEmpty() && isGone(id)) {
      found.add(
          Issue.repairable(
              Kind.RECORDS_ORPHANED,
              id.toString(),
              "the environment does not exist, but the store has %d builds and %d deployments of it"
                  .formatted(builds, left.size() - builds),
              "delete them",
              () -> forget(id, left)));
    }
  }

  private boolean forget(EnvironmentId id, List<Versioned<? extends Record>> left) {
    for (int from = 0; from < left.size(); from += BATCH) {
      Records.Write write = records.write().requireAbsent(Keys.environmentState(id));
      left.subList(from, Math.min(from + BATCH, left.size())).forEach(write::delete);
      if (!write.commit()) {
        return false;
      }
    }
    return true;
  }
}
