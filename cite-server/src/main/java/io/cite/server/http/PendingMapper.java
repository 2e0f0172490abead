package io.cite.server.http;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.usecase.operate.PendingCommit;
import io.cite.core.usecase.operate.ReadCatalogue.EnvironmentOverview;
import io.cite.core.usecase.operate.ReadCatalogue.ServiceOverview;
import io.cite.sdk.wire.OrderView;
import io.cite.sdk.wire.PendingCommitView;
import io.cite.sdk.wire.PendingSettingsView;
import io.cite.sdk.wire.PinView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is not live yet, why, and the one order that changes that, as it is shown outside. */
final class PendingMapper {
  private PendingMapper() {}

  static @Nullable PinView pin(EnvironmentState state) {
    String by = state.pinnedBy();
    return by == null ? null : new PinView(by, state.hold().pinnedAt(), state.hold().reason());
  }

  static @Nullable PendingCommitView commit(EnvironmentOverview view) {
    PendingCommit pending = view.pendingCommit();
    return pending == null
        ? null
        : new PendingCommitView(
            pending.commit().toString(),
            pending.build(),
            pending.reason(),
            order(view.settings().id(), pending));
  }

  private static @Nullable OrderView order(EnvironmentId id, PendingCommit pending) {
    PendingCommit.Order order = pending.order();
    if (order == null) {
      return null;
    }
    return switch (order) {
      case RELEASE -> new OrderView("DELETE", Paths.of(id) + "/pin", null);
      case DEPLOY -> deploy(id, pending.commit());
      case BUILD -> build(id, pending.commit());
    };
  }

  private static OrderView deploy(EnvironmentId id, CommitId commit) {
    return new OrderView(
        "POST", Paths.of(id) + "/deployments", Map.of("commit", commit.toString()));
  }

  /** The order to build a commit in an environment. */
  static OrderView build(EnvironmentId id, CommitId commit) {
    return new OrderView("POST", Paths.of(id) + "/builds", Map.of("commit", commit.toString()));
  }

  static @Nullable PendingSettingsView settings(EnvironmentOverview view) {
    List<String> names = view.pendingSettings();
    if (names.isEmpty() || view.live() == null) {
      return null;
    }
    OrderView order = deploy(view.settings().id(), view.live().commit());
    return new PendingSettingsView(names, view.underWay() == null ? order : null);
  }

  /** What happens to the branch of a service that is being created. */
  static @Nullable String next(ServiceOverview view) {
    if (view.record().state() != ServiceState.CREATING) {
      return null;
    }
    ServiceSettings service = view.settings();
    EnvironmentId id = new EnvironmentId(service.id(), service.branch());
    return service.autoDeploy()
        ? "The head of the branch "
            + service.branch()
            + " is built and deployed once the service is ready."
        : "Auto-deploy is off, so nothing is built until somebody pushes to the branch "
            + service.branch()
            + ". To build it now, send POST "
            + Paths.of(id)
            + "/builds. To deploy what was built, send POST "
            + Paths.of(id)
            + "/deployments.";
  }
}
