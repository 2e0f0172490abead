package io.cite.core.usecase.create;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.image.ImagePolicy;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.domain.service.Probe;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceName;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.domain.service.Variables;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.store.NotificationUrls;
import io.cite.core.engine.store.Revisioned;
import io.cite.core.engine.store.SealedVariables;
import io.cite.core.engine.store.ServiceStore;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.port.InstantSource;
import io.cite.core.port.SecretSealer;
import io.cite.core.port.source.Repositories;
import io.cite.core.usecase.Commands;
import io.cite.core.usecase.Commands.Decision;
import io.cite.core.usecase.Commands.Order;
import io.cite.core.usecase.NotificationTargets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes the order to make a service. Everything that can be wrong is found out before anything is
 * written: see {@link SourceCheck} for the repository, and {@link Conflict} for names that are
 * taken. What is accepted is stored, and the engine carries it out. With auto-deploy on, the head
 * of the branch is built then.
 */
public final class CreateService {
  private final Commands commands;
  private final ServiceStore services;
  private final SecretSealer sealer;
  private final NotificationUrls urls;
  private final InstantSource clock;
  private final SourceCheck check;
  private final NotificationTargets targets;
  private final Names names;
  private final Planner planner;
  private final ImagePolicy images;

  /** The use case on these stores. */
  public CreateService(
      Commands commands,
      ServiceStore services,
      SecretSealer sealer,
      InstantSource clock,
      Repositories repositories,
      NotificationTargets targets,
      Names names,
      Planner planner,
      ImagePolicy images) {
    this.commands = commands;
    this.services = services;
    this.sealer = sealer;
    this.urls = new NotificationUrls(sealer);
    this.clock = clock;
    this.check = new SourceCheck(repositories);
    this.targets = targets;
    this.names = names;
    this.planner = planner;
    this.images = images;
  }

  /**
   * The order.
   *
   * @param branch null for the repository's default branch
   * @param name null for the repository's name
   * @param ports null for those that the Dockerfile exposes, or 8080
   * @param probe null for a TCP connection to the first port
   */
  public record Command(
      Caller caller,
      RepositoryName repository,
      @Nullable BranchName branch,
      @Nullable ServiceName name,
      @Nullable ContainerPorts ports,
      @Nullable Probe probe,
      Replicas replicas,
      boolean autoDeploy,
      boolean removeWithBranch,
      Variables variables,
      Map<String, Secret> secrets,
      List<NotificationTarget> notifications) {
    public Command {
      secrets = Map.copyOf(secrets);
      notifications = List.copyOf(notifications);
      Secret.check(secrets);
      variables.besideSecrets(secrets.keySet());
    }

    /** The default branch of a repository in one pod, with auto-deploy and nothing else set. */
    public static Command of(Caller caller, RepositoryName repository) {
      return new Command(
          caller,
          repository,
          null,
          null,
          null,
          null,
          new Replicas(1),
          true,
          false,
          Variables.none(),
          Map.of(),
          List.of());
    }
  }

  /**
   * Accepts the order.
   *
   * @return the service as it now begins
   * @throws Conflict if the service exists or a name is taken; the message names the holder
   */
  public ServiceRecord execute(Command command) {
    SourceCheck.Found found = find(command);
    ServiceId id = id(command, found);
    return commands.execute(
        Order.of(command.caller(), AuditAction.SERVICE_CREATE, id),
        (transaction, now) -> {
          ServiceSettings service = settings(command, found, now);
          Map<String, String> sealed = new SealedVariables(sealer).seal(id, command.secrets());
          ServiceRecord record = ServiceRecord.requested(service, sealed, found.head(), now);
          services.create(transaction, record, checkFree(service), sealer);
          return new Decision<>(
              record, "from " + service.repository() + " branch " + service.branch());
        });
  }

  /**
   * What carrying out the order would change; nothing is written.
   *
   * @throws Conflict as {@link #execute} does
   */
  public Plan plan(Command command) {
    SourceCheck.Found found = find(command);
    ServiceSettings service = settings(command, found, clock.instant());
    checkFree(service);
    return planner.plan(service, found.ports(), found.notes());
  }

  private SourceCheck.Found find(Command command) {
    targets.check(command.notifications());
    images.checkName(command.repository());
    SourceCheck.Found found =
        check.find(command.caller(), command.repository(), command.branch(), command.ports());
    services.requireSame(found.repository());
    return found;
  }

  private static ServiceId id(Command command, SourceCheck.Found found) {
    RepositoryName repository = found.repository().name();
    return new ServiceId(
        Namespace.of(repository.owner()),
        command.name() == null ? ServiceName.from(repository.name()) : command.name());
  }

  private ServiceSettings settings(Command command, SourceCheck.Found found, Instant now) {
    ServiceId id = id(command, found);
    return new ServiceSettings(
        id,
        found.repository().name(),
        found.repository().id(),
        found.branch(),
        found.numbers(),
        found.portsFrom(),
        command.probe() == null ? Probe.tcp() : command.probe(),
        command.replicas(),
        command.autoDeploy(),
        command.removeWithBranch(),
        command.variables(),
        List.copyOf(new TreeSet<>(command.secrets().keySet())),
        urls.seal(id, command.notifications(), List.of()),
        command.caller().name(),
        now);
  }

  /** The creation of the service that failed before; null if there is none. */
  private @Nullable Revisioned<ServiceRecord> checkFree(ServiceSettings service) {
    ServiceId id = service.id();
    names.checkNamespace(id.namespace(), service.repository().owner());
    names.checkNobodyLeaves(id.namespace(), service.repository());
    Optional<Revisioned<ServiceRecord>> former = services.find(id);
    boolean ended =
        former.isPresent()
            && former.get().value().state() == ServiceState.FAILED
            && !services.isMadeFrom(id, service.repository());
    if (former.isPresent() && !ended) {
      ServiceRecord holder = former.get().value();
      if (holder.state() == ServiceState.DELETING) {
        throw new Conflict(
            ErrorCode.WRONG_STATE,
            "The service "
                + id
                + " is being deleted"
                + (holder.deletingSince() == null ? "" : " since " + holder.deletingSince())
                + (holder.cause() == null ? "" : ", and waits: " + holder.cause())
                + ". Try again when it is gone.");
      }
      throw new Conflict(
          "The service "
              + id
              + " exists already: it was created by "
              + holder.requestedBy()
              + " from "
              + holder.settings().repository()
              + " branch "
              + holder.settings().branch()
              + (holder.settings().branch().equals(service.branch())
                  ? ""
                  : "; add the branch as an environment instead"));
    }
    names.checkEnvironment(new EnvironmentId(id, service.branch()));
    return former.orElse(null);
  }
}
