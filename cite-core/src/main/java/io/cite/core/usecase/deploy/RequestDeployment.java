package io.cite.core.usecase.deploy;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.Origin;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.CommitId;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Ports;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.InvalidInput;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes the order to deploy what a build made. Refused with {@link InvalidInput} and {@code
 * NO_IMAGE} where no build of the commit made an image, and with {@link
 * io.cite.core.error.NotFound} for an unknown environment.
 */
public final class RequestDeployment {
  private final Ports ports;
  private final Records records;
  private final DeploymentOrder order;

  /** The use case on these ports. */
  public RequestDeployment(Ports ports, EngineSettings settings) {
    this.ports = ports;
    this.records = new Records(ports.store());
    this.order = new DeploymentOrder(records, settings);
  }

  /**
   * The order; one of commit and build is given, or neither for the newest build with an image.
   *
   * @param build number of a build of the environment
   */
  public record Command(
      Caller caller, EnvironmentId environment, @Nullable CommitId commit, @Nullable Long build) {
    public Command {
      if (commit != null && build != null) {
        throw new InvalidInput("A deployment takes a commit or a build, not both");
      }
    }
  }

  /** Accepts the order; the engine carries it out. */
  public Deployment execute(Command command) {
    EnvironmentId id = command.environment();
    order.check(id);
    Build build = build(command);
    Instant now = ports.clock().instant();
    ports
        .audit()
        .append(
            new AuditEntry(
                now,
                command.caller().name(),
                AuditAction.DEPLOYMENT_REQUEST,
                id.toString(),
                AuditEntry.Outcome.ACCEPTED,
                "build " + build.number() + ", commit " + build.commit()));
    return order.place(
        id,
        build.commit(),
        Objects.requireNonNull(build.image()),
        Origin.MANUAL,
        command.caller().name(),
        build.number(),
        null,
        now,
        (state, write) -> state);
  }

  private String noImage(EnvironmentId id, long number) {
    return records.get(Keys.build(id, number)).isEmpty()
        ? "The environment " + id + " has no build " + number + "."
        : "Build " + number + " of " + id + " made no image.";
  }

  private Build build(Command command) {
    EnvironmentId id = command.environment();
    return records.list(Keys.buildsOf(id)).stream()
        .map(Versioned::value)
        .filter(b -> command.build() == null || b.number() == command.build())
        .filter(b -> command.commit() == null || b.commit().equals(command.commit()))
        .filter(b -> b.image() != null)
        .max(Comparator.comparingLong(Build::number))
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
