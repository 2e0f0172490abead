package io.cite.core.usecase.build;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildEvent;
import io.cite.core.domain.build.BuildMachine;
import io.cite.core.domain.build.BuildOrigin;
import io.cite.core.domain.build.BuildState;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.source.CommitId;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Ports;
import io.cite.core.engine.builds.CommitStatuses;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.store.Environments;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.InvalidInput;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the order to build a commit, again or for the first time. Where a build of this commit
 * waits to begin, the order is answered with that one, and the builder is asked for it once more;
 * behind one that has begun a new build waits for its turn. Refused with {@link
 * io.cite.core.error.NotFound} for an unknown environment and {@link InvalidInput} for a commit or
 * branch that does not exist.
 */
public final class RequestBuild {
  private final Ports ports;
  private final EngineSettings settings;
  private final BuildMachine machine;
  private final Records records;
  private final Environments environments;

  /** The use case on these ports. */
  public RequestBuild(Ports ports, EngineSettings settings) {
    this.ports = ports;
    this.settings = settings;
    this.machine = new BuildMachine(settings.buildTimeout());
    this.records = new Records(ports.store());
    this.environments = new Environments(records);
  }

  /**
   * The order.
   *
   * @param commit null for the head of the branch
   */
  public record Command(Caller caller, EnvironmentId environment, @Nullable CommitId commit) {}

  /** Accepts the order; the engine asks the builder. */
  public Build execute(Command command) {
    EnvironmentId id = command.environment();
    Versioned<EnvironmentState> state = environments.state(id);
    ServiceSettings service = environments.service(id.service()).value();
    CommitId commit = commit(command, service);
    long floor =
        CommitStatuses.newestOfBuilder(
            ports.source().statuses(service.repository(), commit, settings.statusContext()),
            settings.publicUrl());
    Instant now = ports.clock().instant();
    ports
        .audit()
        .append(
            new AuditEntry(
                now,
                command.caller().name(),
                AuditAction.BUILD_REQUEST,
                id.toString(),
                AuditEntry.Outcome.ACCEPTED,
                "commit " + commit));
    for (int attempt = 0; attempt < Environments.ATTEMPTS; attempt++) {
      Records.Write write = records.write();
      Optional<Versioned<Build>> waiting = waiting(id, commit, floor);
      Build build =
          waiting.isPresent()
              ? join(write.require(state), waiting.get(), command.caller(), now)
              : open(write, state, commit, command.caller(), floor, now);
      if (write.commit()) {
        return build;
      }
      state = environments.state(id);
    }
    throw new Conflict(
        ErrorCode.PRECONDITION_FAILED,
        "The environment " + id + " was changed at the same time. Try again.");
  }

  /** The newest build of the commit, if it cannot have begun as far as the statuses tell. */
  private Optional<Versioned<Build>> waiting(EnvironmentId id, CommitId commit, long newestStatus) {
    return records.list(Keys.buildsOf(id)).stream()
        .filter(build -> build.value().commit().equals(commit))
        .max(Comparator.comparingLong(build -> build.value().number()))
        .filter(build -> build.value().state() == BuildState.QUEUED)
        .filter(build -> !build.value().requested() || newestStatus <= build.value().statusSeen());
  }

  private Build join(Records.Write write, Versioned<Build> waiting, Caller caller, Instant now) {
    Build build = machine.apply(waiting.value(), new BuildEvent.Ordered(caller.name()), now);
    write.replace(waiting, build);
    return build;
  }

  private Build open(
      Records.Write write,
      Versioned<EnvironmentState> state,
      CommitId commit,
      Caller caller,
      long floor,
      Instant now) {
    EnvironmentState next = state.value().nextBuild();
    Build build =
        Build.queued(
            next.id(),
            next.lastBuild(),
            commit,
            BuildOrigin.MANUAL,
            caller.name(),
            floor,
            now,
            now.plus(settings.buildTimeout()));
    write.replace(state, next).create(Keys.build(next.id(), build.number()), build);
    return build;
  }

  private CommitId commit(Command command, ServiceSettings service) {
    CommitId commit = command.commit();
    if (commit == null) {
      return ports
          .source()
          .head(service.repository(), command.environment().branch())
          .orElseThrow(
              () ->
                  new InvalidInput(
                      ErrorCode.BRANCH_NOT_FOUND,
                      "The branch " + command.environment().branch() + " does not exist any more"));
    }
    if (ports.source().commit(service.repository(), commit).isEmpty()) {
      throw new InvalidInput(
          ErrorCode.COMMIT_NOT_FOUND,
          "The repository " + service.repository() + " has no commit " + commit);
    }
    return commit;
  }
}
