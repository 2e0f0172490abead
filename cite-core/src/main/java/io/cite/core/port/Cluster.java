package io.cite.core.port;

import io.cite.core.domain.deploy.Evidence;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.Probe;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.service.Variables;
import io.cite.core.domain.source.CommitId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where services run: Kubernetes. Every method that changes something is idempotent: it finds what
 * it is about to make by its name and adopts it. Implementations are thread-safe, bound every call
 * by a time-out, and throw {@link io.cite.core.error.Upstream} (retryable for time-outs and 5xx,
 * permanent with the API server's words for 403 and 422) and {@link io.cite.core.error.Conflict}
 * with {@code FOREIGN_OBJECT} for an object of the name that CITE did not make.
 */
public interface Cluster {

  /**
   * Makes the namespace unless it is there.
   *
   * @param adopt whether one that CITE did not make may be used
   * @return whether this call made it
   * @throws io.cite.core.error.Conflict where it is not CITE's and may not be adopted
   * @throws io.cite.core.error.Upstream retryable while it is terminating
   */
  boolean ensureNamespace(Namespace namespace, String owner, boolean adopt);

  /** What {@link #ensureNamespace} would find. */
  NamespaceFinding lookUpNamespace(Namespace namespace);

  /** Removes the namespace if CITE made it and it holds no Service of CITE's. */
  void removeNamespaceIfUnused(Namespace namespace);

  /**
   * Makes the environment's Service unless it is there, with a selector that matches nothing; of
   * one that is there only the ports are brought up to date.
   *
   * @return whether this call made it
   */
  boolean ensureService(EnvironmentId environment, ContainerPorts ports);

  /** Removes the environment's Service, rollouts and Secret; does nothing where there is none. */
  void removeEnvironment(EnvironmentId environment);

  /** Sets the environment's secret variables: those given replace those of the same name. */
  void putSecrets(EnvironmentId environment, Map<String, Secret> secrets);

  /** Copies the secret variables of one environment to another, where the first has any. */
  void copySecrets(EnvironmentId from, EnvironmentId to);

  /**
   * Makes the controller of a deployment, or adopts it if it is there with the same deployment.
   *
   * @return the controller's name
   */
  String rollOut(RolloutSpec spec);

  /** What the rollout looks like now; never waits for it. */
  RolloutStatus observe(RolloutId rollout);

  /**
   * Directs the environment's traffic to a rollout: the only commit point of a deployment. It
   * requires that the Service's recorded deployment number is lower than {@code seq} (or equal:
   * then it was done before), in one compare-and-set.
   *
   * @param seq number of the deployment on whose behalf this is done
   * @param rollout whose pods get the traffic
   * @throws io.cite.core.error.NotFound where the environment has no Service
   */
  SwitchResult switchTraffic(EnvironmentId environment, long seq, RolloutId rollout);

  /** Where the environment's traffic goes; empty where it has no Service. */
  Optional<Traffic> traffic(EnvironmentId environment);

  /** Sets the number of pods of a rollout; does nothing where it does not exist. */
  void scale(RolloutId rollout, int replicas);

  /** Removes the controller and its pods; does nothing where there is none. */
  void remove(RolloutId rollout);

  /** All rollouts of an environment that exist. */
  List<RolloutId> rollouts(EnvironmentId environment);

  /** Everything of CITE's in the cluster: for each environment's name its rollouts. */
  List<ClusterObject> inventory();

  /**
   * Log lines of an environment's pods, oldest first.
   *
   * @param rollout null for all of the environment's rollouts
   */
  List<LogLine> logs(EnvironmentId environment, @Nullable RolloutId rollout, LogQuery query);

  /** Hands over new log lines as they are written, until the subscription is closed. */
  Subscription followLogs(EnvironmentId environment, Consumer<LogLine> lines);

  /**
   * Tells that something of an environment may have changed. A hint: some may be lost or doubled.
   */
  Subscription watch(Consumer<EnvironmentId> changed);

  /** Where the environment can be visited; empty where the cluster gives no address outside. */
  Optional<String> address(EnvironmentId environment);

  /** Name of a rollout: environment and number. */
  record RolloutId(EnvironmentId environment, long seq) {
    /** The controller's name, {@code {environment}-{seq}}. */
    public String name() {
      return environment.name() + "-" + seq;
    }
  }

  /**
   * A rollout as it shall be.
   *
   * @param hasSecrets whether the environment's Secret is to be put into the pods' variables
   */
  record RolloutSpec(
      RolloutId id,
      CommitId commit,
      ImageReference image,
      int replicas,
      ContainerPorts ports,
      Probe probe,
      Variables variables,
      boolean hasSecrets) {}

  /**
   * A rollout as it is.
   *
   * @param exists whether its controller exists
   * @param wanted how many pods it shall have
   * @param ready how many of them are ready
   * @param stuck why it will not get ready, where the cluster says so
   */
  record RolloutStatus(boolean exists, int wanted, int ready, @Nullable Blocker stuck) {
    /** There is no such controller. */
    public static final RolloutStatus ABSENT = new RolloutStatus(false, 0, 0, null);

    /** Whether all wanted pods are ready. */
    public boolean isReady() {
      return exists && wanted > 0 && ready >= wanted;
    }
  }

  /**
   * Why a rollout does not get ready.
   *
   * @param cause in plain words
   * @param isFinal whether waiting is pointless; else it is shown if the deadline passes
   */
  record Blocker(String cause, Evidence evidence, boolean isFinal) {}

  /** How a switch of traffic ended. */
  sealed interface SwitchResult {
    /** The traffic goes to the rollout. */
    record Switched() implements SwitchResult {}

    /** A deployment with a higher number has the traffic; nothing was changed. */
    record Overtaken(long bySeq) implements SwitchResult {}
  }

  /**
   * Where traffic goes.
   *
   * @param deploySeq number of the deployment that switched last; 0 before the first
   * @param rolloutSeq number of the rollout that the selector names; 0 where it matches nothing
   * @param readyEndpoints how many pods can take traffic
   */
  record Traffic(long deploySeq, long rolloutSeq, int readyEndpoints) {}

  /** What there is under a namespace's name. */
  enum NamespaceFinding {
    ABSENT,
    OURS,
    FOREIGN,
    TERMINATING
  }

  /** A Service (seq 0) or a controller that carries CITE's labels. */
  record ClusterObject(Namespace namespace, String environment, long seq) {}

  /**
   * Which log lines.
   *
   * @param tail at most so many of the last lines of each container
   * @param since only lines younger than this; null for all
   * @param previous lines of the container that ran before the present one
   */
  record LogQuery(int tail, @Nullable Duration since, boolean previous) {}

  /** A line of a container's log. */
  record LogLine(String at, String pod, String text) {}
}
