package io.cite.core.usecase.build;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildEvent;
import io.cite.core.domain.build.BuildMachine;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.engine.store.BuildStore;
import io.cite.core.engine.store.EnvironmentStore;
import io.cite.core.engine.store.Revisioned;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.usecase.Commands;
import io.cite.core.usecase.Commands.Decision;
import io.cite.core.usecase.Commands.Order;
import java.time.Duration;

/**
 * Takes the order to cancel a build that has not ended. The build ends at once, and the engine asks
 * the builder to stop; what the builder makes nevertheless is not used. A build of the same commit
 * that waits behind it is next. Refused with {@link io.cite.core.error.NotFound} for an unknown
 * environment or build, and with {@link Conflict} once the build has ended.
 */
public final class CancelBuild {
  private final Commands commands;
  private final EnvironmentStore environments;
  private final BuildStore builds;
  private final BuildMachine machine;

  /**
   * The use case on these stores.
   *
   * @param buildTimeout how long a build may show no progress
   */
  public CancelBuild(
      Commands commands, EnvironmentStore environments, BuildStore builds, Duration buildTimeout) {
    this.commands = commands;
    this.environments = environments;
    this.builds = builds;
    this.machine = new BuildMachine(buildTimeout);
  }

  /** Which build. */
  public record Command(Caller caller, EnvironmentId environment, long number) {}

  /** Accepts the order; the engine asks the builder to stop. */
  public Build execute(Command command) {
    EnvironmentId id = command.environment();
    String by = command.caller().name();
    return commands.execute(
        Order.of(command.caller(), AuditAction.BUILD_CANCEL, id),
        (transaction, now) -> {
          Revisioned<EnvironmentState> state = environments.state(id);
          Revisioned<Build> stored = builds.get(id, command.number());
          if (stored.value().state().isFinal()) {
            throw new Conflict(
                ErrorCode.WRONG_STATE,
                "Build %d is %s already, so it cannot be cancelled"
                    .formatted(command.number(), stored.value().state()));
          }
          Build cancelled = machine.apply(stored.value(), new BuildEvent.Cancelled(by), now);
          String attention = "build " + cancelled.number() + ": " + cancelled.cause();
          transaction
              .replace(stored, cancelled)
              .replace(state, state.value().withAttention(attention));
          return new Decision<>(
              cancelled, "build " + cancelled.number() + ", commit " + cancelled.commit());
        });
  }
}
