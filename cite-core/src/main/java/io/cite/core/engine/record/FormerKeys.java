package io.cite.core.engine.record;

import io.cite.core.engine.record.schema.CommitCheck;
import io.cite.core.engine.record.schema.Key;
import io.cite.core.engine.record.schema.Keys;
import java.util.Optional;

/**
 * Records that earlier versions stored under other keys, moved to the present ones. Each record is
 * deleted there and written here in one transaction, so that a process may stop at any point; what
 * is moved already is not found again.
 */
public final class FormerKeys {
  private static final Key<CommitCheck> FORMER_CHECKS =
      new Key<>("/cite/.looks/", CommitCheck.class);

  private FormerKeys() {}

  /**
   * Moves everything. Only a leader may do this, with records that carry the fence of its term:
   * what lies under the former keys was written by leaders, so nothing is added there afterwards.
   *
   * @throws StaleRead if a record was changed at the same time, or the term is over; then some
   *     records may have been moved already
   */
  public static void move(Records records) {
    Records.Write batch = records.write();
    for (Versioned<CommitCheck> check : records.list(FORMER_CHECKS)) {
      Records.Write one = moved(records, check);
      if (!batch.merge(one)) {
        batch.commitOrRetry();
        batch = one;
      }
    }
    if (!batch.isEmpty()) {
      batch.commitOrRetry();
    }
  }

  private static Records.Write moved(Records records, Versioned<CommitCheck> former) {
    CommitCheck check = former.value();
    Records.Write write = records.write().delete(former);
    Key<CommitCheck> key = Keys.check(check.environment(), check.commit());
    Optional<Versioned<CommitCheck>> present = records.get(key);
    if (present.isEmpty()) {
      write.create(key, check);
    } else if (check.pushed() && !present.get().value().pushed()) {
      // that the branch was moved to the commit must not be forgotten
      write.replace(present.get(), check);
    } else {
      write.require(present.get());
    }
    return write;
  }
}
