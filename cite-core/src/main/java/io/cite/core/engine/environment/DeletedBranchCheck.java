package io.cite.core.engine.environment;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.source.Repository;
import io.cite.core.engine.Ports;
import io.cite.core.engine.inbox.DeliveryRouter;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.store.EnvironmentView;
import io.cite.core.error.NotFound;

/**
 * Has an environment taken away whose branch was deleted, where its owners want that. Neither the
 * event nor the sweep is believed: the repository must be there, be the one that the service was
 * made from, and have no such branch.
 */
final class DeletedBranchCheck {
  private final Records records;
  private final Ports ports;

  DeletedBranchCheck(Records records, Ports ports) {
    this.records = records;
    this.ports = ports;
  }

  /** Orders the removal where it is due; the environment's next turn carries it out. */
  boolean step(EnvironmentView view) {
    EnvironmentState state = view.state().value();
    ServiceSettings service = view.service().value();
    if (state.head() != null
        || !service.removesWithBranch(view.settings().value())
        || !isGone(service, view)) {
      return false;
    }
    ports
        .audit()
        .append(
            new AuditEntry(
                ports.clock().instant(),
                "cite",
                AuditAction.ENVIRONMENT_DELETE,
                view.id().toString(),
                AuditEntry.Outcome.ACCEPTED,
                DeliveryRouter.goneText(view.id().branch())));
    records.write().require(view.settings()).replace(view.state(), state.deleted()).commitOrRetry();
    return true;
  }

  private boolean isGone(ServiceSettings service, EnvironmentView view) {
    try {
      Repository repository = ports.source().repository(service.repository());
      return repository.id() == service.repositoryId()
          && ports.source().head(service.repository(), view.id().branch()).isEmpty();
    } catch (NotFound e) {
      // nothing can be said of a branch whose repository cannot be seen
      return false;
    }
  }
}
