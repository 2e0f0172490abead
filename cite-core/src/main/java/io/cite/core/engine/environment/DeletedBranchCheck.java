package io.cite.core.engine.environment;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.source.Repository;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.store.EnvironmentSnapshot;
import io.cite.core.engine.store.EnvironmentStep;
import io.cite.core.error.NotFound;
import io.cite.core.port.InstantSource;
import io.cite.core.port.source.Repositories;

/**
 * Has an environment deleted whose branch was deleted, if its owners want that. Neither the event
 * nor the sweep is believed: the repository must be there, be the one that the service was made
 * from, and have no such branch.
 */
public final class DeletedBranchCheck implements EnvironmentStep {
  private final Records records;
  private final Repositories repositories;
  private final InstantSource clock;

  public DeletedBranchCheck(Records records, Repositories repositories, InstantSource clock) {
    this.records = records;
    this.repositories = repositories;
    this.clock = clock;
  }

  /** Orders the removal if it is due; the environment's next turn carries it out. */
  @Override
  public boolean step(EnvironmentSnapshot view) {
    EnvironmentState state = view.state().value();
    ServiceSettings service = view.service().value();
    if (state.head() != null
        || !service.removesWithBranch(view.settings().value())
        || !isGone(service, view)) {
      return false;
    }
    AuditEntry entry =
        new AuditEntry(
            clock.instant(),
            "cite",
            AuditAction.ENVIRONMENT_DELETE,
            view.id().toString(),
            AuditEntry.Outcome.ACCEPTED,
            "The branch " + view.id().branch() + " was deleted.");
    records
        .write()
        .require(view.settings())
        .replace(view.state(), state.deleted())
        .audit(entry)
        .commitOrRetry();
    return true;
  }

  private boolean isGone(ServiceSettings service, EnvironmentSnapshot view) {
    try {
      Repository repository = repositories.get(service.repository());
      return repository.id() == service.repositoryId()
          && repositories.head(service.repository(), view.id().branch()).isEmpty();
    } catch (NotFound e) {
      // nothing can be said of a branch whose repository cannot be seen
      return false;
    }
  }
}
