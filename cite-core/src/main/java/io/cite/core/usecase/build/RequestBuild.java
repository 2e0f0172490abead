package io.cite.core.usecase.build;

import io.cite.core.domain.audit.AuditAction;
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
import io.cite.core.domain.source.Repository;
import io.cite.core.engine.builds.CommitStatuses;
import io.cite.core.engine.store.BuildStore;
import io.cite.core.engine.store.EnvironmentStore;
import io.cite.core.engine.store.Revisioned;
import io.cite.core.engine.store.ServiceStore;
import io.cite.core.engine.store.Transaction;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.Links;
import io.cite.core.port.source.Reports;
import io.cite.core.port.source.Repositories;
import io.cite.core.usecase.Commands;
import io.cite.core.usecase.Commands.Decision;
import io.cite.core.usecase.Commands.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the order to build a commit, again or for the first time. If a build of this commit waits
 * to begin, the order is answered with that one, and the builder is asked for it once more; behind
 * one that has begun a new build waits for its turn. Refused with {@link
 * io.cite.core.error.NotFound} for an unknown environment and {@link InvalidInput} for a commit or
 * branch that does not exist, and for an archived repository.
 */
public final class RequestBuild {
  private final Commands commands;
  private final ServiceStore services;
  private final EnvironmentStore environments;
  private final BuildStore builds;
  private final Repositories repositories;
  private final Reports reports;
  private final Settings settings;
  private final BuildMachine machine;

  /**
   * How builds are ordered.
   *
   * @param statusContext context of the builder's commit statuses
   * @param buildTimeout how long a build may show no progress
   * @param links where CITE's own statuses link to
   */
  public record Settings(String statusContext, Duration buildTimeout, Links links) {}

  /** The use case on these stores. */
  public RequestBuild(
      Commands commands,
      ServiceStore services,
      EnvironmentStore environments,
      BuildStore builds,
      Repositories repositories,
      Reports reports,
      Settings settings) {
    this.commands = commands;
    this.services = services;
    this.environments = environments;
    this.builds = builds;
    this.repositories = repositories;
    this.reports = reports;
    this.settings = settings;
    this.machine = new BuildMachine(settings.buildTimeout());
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
    environments.state(id);
    ServiceSettings service = services.settings(id.service()).value();
    Repository repository = repositories.get(service.repository());
    services.requireSame(service, repository);
    if (repository.archived()) {
      throw new InvalidInput(
          ErrorCode.REPOSITORY_ARCHIVED,
          "The repository "
              + service.repository()
              + " is archived, so a build could not report its result; unarchive it on GitHub first");
    }
    CommitId commit = commit(command, service);
    long floor =
        CommitStatuses.newestOfBuilder(
            reports.statuses(service.repository(), commit, settings.statusContext()),
            settings.links());
    return commands.execute(
        Order.of(command.caller(), AuditAction.BUILD_REQUEST, id),
        (transaction, now) -> {
          Revisioned<EnvironmentState> state = environments.state(id);
          Optional<Revisioned<Build>> waiting = waiting(id, commit, floor);
          Build build =
              waiting.isPresent()
                  ? join(transaction.require(state), waiting.get(), command.caller(), now)
                  : open(transaction, state, commit, command.caller(), floor, now);
          return new Decision<>(build, "commit " + commit);
        });
  }

  /** The newest build of the commit, if it cannot have begun as far as the statuses tell. */
  private Optional<Revisioned<Build>> waiting(
      EnvironmentId id, CommitId commit, long newestStatus) {
    return builds.of(id).stream()
        .filter(build -> build.commit().equals(commit))
        .max(Comparator.comparingLong(Build::number))
        .flatMap(build -> builds.find(id, build.number()))
        .filter(build -> build.value().state() == BuildState.QUEUED)
        .filter(
            build ->
                !build.value().request().sent() || newestStatus <= build.value().statuses().seen());
  }

  private Build join(
      Transaction transaction, Revisioned<Build> waiting, Caller caller, Instant now) {
    Build build = machine.apply(waiting.value(), new BuildEvent.Ordered(caller.name()), now);
    transaction.replace(waiting, build);
    return build;
  }

  private Build open(
      Transaction transaction,
      Revisioned<EnvironmentState> state,
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
    builds.create(transaction.replace(state, next), build);
    return build;
  }

  private CommitId commit(Command command, ServiceSettings service) {
    CommitId commit = command.commit();
    if (commit == null) {
      return repositories
          .head(service.repository(), command.environment().branch())
          .orElseThrow(
              () ->
                  new InvalidInput(
                      ErrorCode.BRANCH_NOT_FOUND,
                      "The branch " + command.environment().branch() + " does not exist any more"));
    }
    if (repositories.commit(service.repository(), commit).isEmpty()) {
      throw new InvalidInput(
          ErrorCode.COMMIT_NOT_FOUND,
          "The repository " + service.repository() + " has no commit " + commit);
    }
    return commit;
  }
}
