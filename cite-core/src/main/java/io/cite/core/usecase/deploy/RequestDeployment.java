package io.cite.core.usecase.deploy;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.Origin;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.engine.store.BuildStore;
import io.cite.core.engine.store.EnvironmentStore;
import io.cite.core.engine.store.Revisioned;
import io.cite.core.engine.store.ServiceStore;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.source.Repositories;
import io.cite.core.usecase.Commands;
import io.cite.core.usecase.Commands.Decision;
import io.cite.core.usecase.Commands.Order;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes the order to deploy what a build made. Refused with {@link InvalidInput} and {@code
 * NO_IMAGE} if no build of the commit made an image, and with {@link io.cite.core.error.NotFound}
 * for an unknown environment.
 */
public final class RequestDeployment {
  private final Commands commands;
  private final ServiceStore services;
  private final EnvironmentStore environments;
  private final BuildStore builds;
  private final NewestBuild newest;
  private final DeploymentOrder order;

  /** The use case on these stores. */
  public RequestDeployment(
      Commands commands,
      ServiceStore services,
      EnvironmentStore environments,
      BuildStore builds,
      Repositories repositories,
      DeploymentOrder order) {
    this.commands = commands;
    this.services = services;
    this.newest = new NewestBuild(repositories);
    this.environments = environments;
    this.builds = builds;
    this.order = order;
  }

  /**
   * The order; one of commit and build is given, or neither for the newest commit with an image, by
   * the order of the branch.
   *
   * @param build number of a build of the environment
   */
  public record Command(
      Caller caller, EnvironmentId environment, @Nullable CommitId commit, @Nullable Long build) {
    public Command {
      if (commit != null && build != null) {
        throw new InvalidInput("Give a commit or a build, not both.");
      }
    }
  }

  /** Accepts the order; the engine carries it out. */
  public Deployment execute(Command command) {
    EnvironmentId id = command.environment();
    return commands.execute(
        Order.of(command.caller(), AuditAction.DEPLOYMENT_REQUEST, id),
        (transaction, now) -> {
          Revisioned<EnvironmentState> state = environments.state(id);
          Build build = build(command);
          DeploymentOrder.Wanted wanted =
              new DeploymentOrder.Wanted(
                  build.commit(),
                  Objects.requireNonNull(build.image()),
                  Origin.MANUAL,
                  command.caller().name(),
                  build.number(),
                  null,
                  services.settings(id.service()).value().portsOf(build.ports()),
                  null);
          return new Decision<>(
              order.place(transaction, state, wanted, UnaryOperator.identity(), now),
              "build " + build.number() + ", commit " + build.commit());
        });
  }

  private String noImage(EnvironmentId id, long number) {
    return builds.find(id, number).isEmpty()
        ? "The environment " + id + " has no build " + number + "."
        : "Build " + number + " of " + id + " made no image.";
  }

  private Build build(Command command) {
    EnvironmentId id = command.environment();
    List<Build> candidates =
        builds.of(id).stream()
            .filter(b -> command.build() == null || b.number() == command.build())
            .filter(b -> command.commit() == null || b.commit().equals(command.commit()))
            .filter(b -> b.image() != null)
            .toList();
    return newest
        .of(services.settings(id.service()).value().repository(), id.branch(), candidates)
        .orElseThrow(
            () ->
                new InvalidInput(
                    ErrorCode.NO_IMAGE,
                    command.build() != null
                        ? noImage(id, command.build())
                        : command.commit() != null
                            ? "The environment "
                                + id
                                + " has no image of "
                                + command.commit()
                                + ". Build it first."
                            : "The environment " + id + " has no image yet. Build one first."));
  }
}
