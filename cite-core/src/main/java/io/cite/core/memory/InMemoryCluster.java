package io.cite.core.memory;

import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.Secret;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.NotFound;
import io.cite.core.error.Upstream;
import io.cite.core.port.LogLine;
import io.cite.core.port.Subscription;
import io.cite.core.port.cluster.Cluster;
import io.cite.core.port.cluster.ClusterObject;
import io.cite.core.port.cluster.ClusterObjects;
import io.cite.core.port.cluster.ClusterSecrets;
import io.cite.core.port.cluster.LogQuery;
import io.cite.core.port.cluster.NamespaceFinding;
import io.cite.core.port.cluster.Namespaces;
import io.cite.core.port.cluster.PodLogs;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.RolloutSpec;
import io.cite.core.port.cluster.RolloutStatus;
import io.cite.core.port.cluster.Rollouts;
import io.cite.core.port.cluster.SwitchResult;
import io.cite.core.port.cluster.Traffic;
import io.cite.core.port.cluster.TrafficRouter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Cluster} of records without containers, which plays all roles itself: they share one
 * state. Rollouts get ready at once unless that is switched off or their image is set to fail.
 * Watchers are called by the thread that changes something. Thread-safe.
 */
public final class InMemoryCluster
    implements Cluster,
        Namespaces,
        Rollouts,
        TrafficRouter,
        ClusterSecrets,
        PodLogs,
        ClusterObjects {
  private record Space(String owner, boolean ours) {}

  private final Map<Namespace, Space> namespaces = new TreeMap<>();
  private final Map<EnvironmentId, Traffic> services = new TreeMap<>();
  private final Map<RolloutId, InMemoryPods> rollouts = new HashMap<>();
  private final Map<EnvironmentId, Map<String, Secret>> secrets = new HashMap<>();
  private final List<Consumer<EnvironmentId>> watchers = new CopyOnWriteArrayList<>();
  private boolean readyAtOnce = true;
  private boolean endAtOnce = true;
  private Predicate<RolloutSpec> failing = spec -> false;
  private Predicate<RolloutId> withoutEndpoints = rollout -> false;

  /** Whether rollouts get ready by themselves; else {@link #makeReady} does it. */
  public synchronized void readyAtOnce(boolean atOnce) {
    readyAtOnce = atOnce;
  }

  /** Whether pods end as soon as they are asked to; else {@link #endPods} does it. */
  public synchronized void endAtOnce(boolean atOnce) {
    endAtOnce = atOnce;
  }

  /** The pods of a rollout that were asked to end do so. */
  public void endPods(RolloutId id) {
    changePods(id, InMemoryPods::ended);
  }

  /** Whether a pod of the rollout runs that was sent traffic. */
  public synchronized boolean hasKnownPods(RolloutId id) {
    InMemoryPods pods = rollouts.get(id);
    return pods != null && (pods.known() || pods.endingKnown());
  }

  /** Which rollouts end in a crash loop instead of getting ready. */
  public synchronized void failRolloutsOf(Predicate<RolloutSpec> which) {
    failing = which;
  }

  /** Whose pods take no traffic though they are ready. */
  public void takeNoTraffic(Predicate<RolloutId> which) {
    List<EnvironmentId> all;
    synchronized (this) {
      withoutEndpoints = which;
      all = List.copyOf(services.keySet());
    }
    all.forEach(this::changed);
  }

  /** Makes all pods of a rollout unready, as when they crash. */
  public void makeUnready(RolloutId id) {
    changePods(id, pods -> pods.withReady(0));
  }

  /** Puts a namespace there that CITE did not make. */
  public synchronized void addForeignNamespace(Namespace namespace) {
    namespaces.put(namespace, new Space("somebody", false));
  }

  /** Makes all pods of a rollout ready. */
  public void makeReady(RolloutId id) {
    changePods(id, pods -> pods.withReady(pods.wanted()));
  }

  /** What was asked for when a rollout was made; empty if there is none. */
  public synchronized Optional<RolloutSpec> spec(RolloutId id) {
    return Optional.ofNullable(rollouts.get(id)).map(InMemoryPods::spec);
  }

  /** The secret variables of an environment. */
  public synchronized Map<String, Secret> secrets(EnvironmentId environment) {
    return Map.copyOf(secrets.getOrDefault(environment, Map.of()));
  }

  @Override
  public Namespaces namespaces() {
    return this;
  }

  @Override
  public Rollouts rollouts() {
    return this;
  }

  @Override
  public TrafficRouter traffic() {
    return this;
  }

  @Override
  public ClusterSecrets secrets() {
    return this;
  }

  @Override
  public PodLogs logs() {
    return this;
  }

  @Override
  public ClusterObjects objects() {
    return this;
  }

  private void changed(EnvironmentId environment) {
    watchers.forEach(watcher -> watcher.accept(environment));
  }

  @Override
  public synchronized boolean ensure(Namespace namespace, String owner, boolean adopt) {
    Space space = namespaces.get(namespace);
    if (space == null) {
      namespaces.put(namespace, new Space(owner, true));
      return true;
    }
    if (!space.ours() && !adopt) {
      throw new Conflict(
          ErrorCode.FOREIGN_OBJECT,
          "The namespace " + namespace + " exists and was not created by CITE");
    }
    return false;
  }

  @Override
  public synchronized NamespaceFinding lookUp(Namespace namespace) {
    Space space = namespaces.get(namespace);
    if (space == null) {
      return NamespaceFinding.ABSENT;
    }
    return space.ours() ? NamespaceFinding.OURS : NamespaceFinding.FOREIGN;
  }

  @Override
  public synchronized void removeIfUnused(Namespace namespace) {
    Space space = namespaces.get(namespace);
    boolean used = services.keySet().stream().anyMatch(id -> id.namespace().equals(namespace));
    if (space != null && space.ours() && !used) {
      namespaces.remove(namespace);
    }
  }

  @Override
  public synchronized boolean ensureService(EnvironmentId environment, ContainerPorts ports) {
    requireNamespace(environment);
    return services.putIfAbsent(environment, new Traffic(0, 0, ports, 0)) == null;
  }

  private void changePods(RolloutId id, UnaryOperator<InMemoryPods> how) {
    change(id.environment(), () -> rollouts.computeIfPresent(id, (key, pods) -> how.apply(pods)));
  }

  private void changeService(EnvironmentId id, UnaryOperator<Traffic> how) {
    change(id, () -> services.computeIfPresent(id, (key, traffic) -> how.apply(traffic)));
  }

  private void change(EnvironmentId environment, Runnable how) {
    synchronized (this) {
      how.run();
    }
    changed(environment);
  }

  private void requireNamespace(EnvironmentId environment) {
    if (!namespaces.containsKey(environment.namespace())) {
      throw Upstream.permanent(
          "Kubernetes",
          "create an object in " + environment.namespace(),
          "there is no such namespace",
          null);
    }
  }

  @Override
  public synchronized void removeAllOf(EnvironmentId environment) {
    services.remove(environment);
    secrets.remove(environment);
    rollouts.keySet().removeIf(id -> id.environment().equals(environment));
  }

  @Override
  public synchronized void put(EnvironmentId environment, Map<String, Secret> values) {
    requireNamespace(environment);
    secrets.computeIfAbsent(environment, key -> new TreeMap<>()).putAll(values);
  }

  @Override
  public synchronized void remove(EnvironmentId environment, Collection<String> names) {
    secrets.getOrDefault(environment, new TreeMap<>()).keySet().removeAll(names);
  }

  @Override
  public synchronized Set<String> names(EnvironmentId environment) {
    return Set.copyOf(secrets.getOrDefault(environment, new TreeMap<>()).keySet());
  }

  @Override
  public synchronized void copy(EnvironmentId from, EnvironmentId to, Collection<String> names) {
    Map<String, Secret> wanted = new TreeMap<>(secrets(from));
    wanted.keySet().retainAll(names);
    if (!wanted.isEmpty()) {
      put(to, wanted);
    }
  }

  @Override
  public String rollOut(RolloutSpec spec) {
    boolean made;
    synchronized (this) {
      requireNamespace(spec.id().environment());
      InMemoryPods there = rollouts.get(spec.id());
      if (there != null && !isSame(there.spec(), spec)) {
        throw new Conflict(
            ErrorCode.FOREIGN_OBJECT,
            "The controller " + spec.id().name() + " exists with another commit or image");
      }
      made = there == null;
      if (made) {
        int ready = readyAtOnce && !failing.test(spec) ? spec.replicas() : 0;
        rollouts.put(spec.id(), InMemoryPods.of(spec, ready));
      }
    }
    if (made) {
      changed(spec.id().environment());
    }
    return spec.id().name();
  }

  private static boolean isSame(RolloutSpec one, RolloutSpec other) {
    return one.commit().equals(other.commit()) && one.image().equals(other.image());
  }

  @Override
  public synchronized RolloutStatus observe(RolloutId rollout) {
    InMemoryPods pods = rollouts.get(rollout);
    if (pods == null) {
      return RolloutStatus.ABSENT;
    }
    return pods.status(failing.test(pods.spec()));
  }

  @Override
  public SwitchResult switchTraffic(
      EnvironmentId environment, long seq, RolloutId rollout, ContainerPorts ports) {
    synchronized (this) {
      Traffic now = services.get(environment);
      if (now == null) {
        throw new NotFound("The environment " + environment + " has no Service in the cluster");
      }
      if (now.deploySeq() > seq) {
        return new SwitchResult.Overtaken(now.deploySeq());
      }
      services.put(environment, new Traffic(seq, rollout.seq(), ports, 0));
      rollouts.computeIfPresent(rollout, (key, pods) -> pods.sentTraffic());
    }
    changed(environment);
    return new SwitchResult.Switched();
  }

  @Override
  public synchronized Optional<Traffic> current(EnvironmentId environment) {
    Traffic traffic = services.get(environment);
    if (traffic == null) {
      return Optional.empty();
    }
    RolloutId rollout = new RolloutId(environment, traffic.rolloutSeq());
    InMemoryPods pods = rollouts.get(rollout);
    int ready = pods == null || withoutEndpoints.test(rollout) ? 0 : pods.ready();
    return Optional.of(
        new Traffic(traffic.deploySeq(), traffic.rolloutSeq(), traffic.ports(), ready));
  }

  @Override
  public synchronized Optional<Traffic> assigned(EnvironmentId environment) {
    return Optional.ofNullable(services.get(environment));
  }

  /** Deletes the environment's Service, as somebody with access to the cluster may do. */
  public void deleteService(EnvironmentId environment) {
    change(environment, () -> services.remove(environment));
  }

  /** Lets the environment's Service select another rollout, as somebody with access may do. */
  public void changeSelector(EnvironmentId environment, long rolloutSeq) {
    changeService(environment, now -> new Traffic(now.deploySeq(), rolloutSeq, now.ports(), 0));
  }

  /**
   * Gives the environment's Service other ports, as somebody with access may do.
   *
   * @param ports null for ports such as CITE does not make
   */
  public void changePorts(EnvironmentId environment, @Nullable ContainerPorts ports) {
    changeService(environment, now -> new Traffic(now.deploySeq(), now.rolloutSeq(), ports, 0));
  }

  /** Deletes a namespace and everything in it, as somebody with access to the cluster may do. */
  public void deleteNamespace(Namespace namespace) {
    List<EnvironmentId> gone;
    synchronized (this) {
      gone = services.keySet().stream().filter(id -> id.namespace().equals(namespace)).toList();
      namespaces.remove(namespace);
      gone.forEach(this::removeAllOf);
    }
    gone.forEach(this::changed);
  }

  @Override
  public void scale(RolloutId rollout, int replicas) {
    changePods(
        rollout,
        pods -> {
          InMemoryPods scaled = pods.scaled(replicas, readyAtOnce && !failing.test(pods.spec()));
          return endAtOnce ? scaled.ended() : scaled;
        });
  }

  @Override
  public void remove(RolloutId rollout) {
    change(rollout.environment(), () -> rollouts.remove(rollout));
  }

  @Override
  public synchronized List<RolloutId> list(EnvironmentId environment) {
    return rollouts.keySet().stream()
        .filter(id -> id.environment().equals(environment))
        .sorted(Comparator.comparingLong(RolloutId::seq))
        .toList();
  }

  @Override
  public synchronized List<ClusterObject> inventory() {
    List<ClusterObject> objects = new ArrayList<>();
    services.keySet().forEach(id -> objects.add(new ClusterObject(id.namespace(), id.name(), 0)));
    for (RolloutId id : rollouts.keySet()) {
      EnvironmentId of = id.environment();
      objects.add(new ClusterObject(of.namespace(), of.name(), id.seq()));
    }
    return objects;
  }

  @Override
  public List<LogLine> read(
      EnvironmentId environment, @Nullable RolloutId rollout, LogQuery query) {
    return List.of();
  }

  @Override
  public Subscription follow(EnvironmentId environment, Consumer<LogLine> lines) {
    return () -> {};
  }

  @Override
  public Subscription watch(Consumer<EnvironmentId> changed) {
    watchers.add(changed);
    return () -> watchers.remove(changed);
  }

  @Override
  public Optional<String> address(EnvironmentId environment) {
    return Optional.empty();
  }
}
