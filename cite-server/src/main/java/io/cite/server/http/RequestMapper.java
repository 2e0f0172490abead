package io.cite.server.http;

import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.domain.service.Probe;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceName;
import io.cite.core.domain.service.Variables;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.InvalidInput;
import io.cite.core.usecase.SeenRevisions;
import io.cite.core.usecase.create.CreateService;
import io.cite.core.usecase.operate.FindCommit;
import io.cite.core.usecase.operate.UpdateEnvironment;
import io.cite.core.usecase.operate.UpdateService;
import io.cite.sdk.wire.CreateServiceRequest;
import io.cite.sdk.wire.NotificationTargetView;
import io.cite.sdk.wire.ProbeView;
import io.cite.sdk.wire.UpdateEnvironmentRequest;
import io.cite.sdk.wire.UpdateServiceRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** RequestMapper of requests as commands of the core. */
final class RequestMapper {
  private RequestMapper() {}

  static CreateService.Command create(Caller caller, CreateServiceRequest body) {
    return new CreateService.Command(
        caller,
        RepositoryName.parse(required("repository", body.repository())),
        map(body.branch(), BranchName::parse),
        map(body.name(), ServiceName::parse),
        map(body.ports(), ContainerPorts::new),
        map(body.probe(), RequestMapper::probe),
        body.replicas() == null ? new Replicas(1) : new Replicas(body.replicas()),
        body.autoDeploy() == null || body.autoDeploy(),
        body.removeWithBranch() != null && body.removeWithBranch(),
        body.variables() == null ? Variables.none() : new Variables(body.variables()),
        secrets(body.secrets()),
        body.notifications() == null ? List.of() : targets(body.notifications()));
  }

  static UpdateService.Command update(
      Caller caller, ServiceId service, SeenRevisions seen, UpdateServiceRequest body) {
    if (body.secrets() != null) {
      throw new InvalidInput("Secrets are settings of an environment. Set them there.");
    }
    return new UpdateService.Command(
        caller,
        service,
        seen,
        map(body.ports(), ContainerPorts::new),
        map(body.probe(), RequestMapper::probe),
        map(body.replicas(), Replicas::new),
        body.autoDeploy(),
        body.removeWithBranch(),
        map(body.variables(), Variables::new),
        map(body.notifications(), RequestMapper::targets));
  }

  static UpdateEnvironment.Command update(
      Caller caller, EnvironmentId environment, SeenRevisions seen, UpdateEnvironmentRequest body) {
    if (body.ports() != null || body.probe() != null) {
      throw new InvalidInput("Ports and probe are settings of the service. Set them there.");
    }
    return new UpdateEnvironment.Command(
        caller,
        environment,
        seen,
        map(body.replicas(), Replicas::new),
        body.autoDeploy(),
        body.removeWithBranch(),
        map(body.variables(), Variables::new),
        secrets(body.secrets()),
        removed(body.secrets()));
  }

  /** The commit that somebody named, in full or by its first digits; null for none. */
  static @Nullable CommitId commit(
      FindCommit findCommit, EnvironmentId environment, @Nullable String text) {
    return map(text, id -> findCommit.execute(environment, id));
  }

  static String required(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new InvalidInput("The field '" + field + "' is missing");
    }
    return value;
  }

  private static <T, R> @Nullable R map(@Nullable T value, Function<T, R> reading) {
    return value == null ? null : reading.apply(value);
  }

  private static Probe probe(ProbeView probe) {
    return new Probe(probe.path(), probe.port());
  }

  /** Secrets whose value is null are removed. */
  private static Set<String> removed(@Nullable Map<String, @Nullable String> values) {
    Set<String> removed = new HashSet<>();
    if (values != null) {
      values.forEach(
          (name, value) -> {
            if (value == null) {
              Variables.checkName(name);
              removed.add(name);
            }
          });
    }
    return removed;
  }

  private static Map<String, Secret> secrets(
      @Nullable Map<String, ? extends @Nullable String> values) {
    Map<String, Secret> secrets = new HashMap<>();
    if (values != null) {
      values.forEach(
          (name, value) -> {
            if (value != null) {
              Variables.checkName(name);
              secrets.put(name, Secret.of(value));
            }
          });
    }
    return secrets;
  }

  private static List<NotificationTarget> targets(List<NotificationTargetView> targets) {
    return targets.stream()
        .map(
            target ->
                new NotificationTarget(
                    NotificationTarget.Type.parse(required("notifications.type", target.type())),
                    required("notifications.url", target.url())))
        .toList();
  }
}
