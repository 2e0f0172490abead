package io.cite.core.engine.store;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.error.NotFound;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The builds of environments. Thread-safe. */
public final class BuildStore {
  private final Records records;

  BuildStore(Records records) {
    this.records = records;
  }

  /** Builds of an environment, oldest first. */
  public List<Build> of(EnvironmentId id) {
    return records.list(Keys.buildsOf(id)).stream()
        .map(Versioned::value)
        .sorted(Comparator.comparingLong(Build::number))
        .toList();
  }

  /** The build with this number. */
  public Optional<Revisioned<Build>> find(EnvironmentId id, long number) {
    return records.get(Keys.build(id, number)).map(Revisioned::new);
  }

  /**
   * The build with this number.
   *
   * @throws NotFound if there is none
   */
  public Revisioned<Build> get(EnvironmentId id, long number) {
    return find(id, number)
        .orElseThrow(() -> new NotFound("The environment " + id + " has no build " + number));
  }

  /** Adds a build with a number that no build of its environment has. */
  public void create(Transaction transaction, Build build) {
    transaction.write().create(Keys.build(build.environment(), build.number()), build);
  }
}
