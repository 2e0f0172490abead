package io.cite.adapters.k8s;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.port.LogLine;
import io.cite.core.port.Subscription;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the logs of all pods of an environment until it is closed: new pods are picked up as the
 * cluster tells of them, a stream that breaks is resumed after its last line. The consumer is
 * called by one thread at a time. Thread-safe.
 */
final class LogFollower implements Subscription {
  private static final long RESUME_SECONDS = 1;

  /** One run of one container. */
  private record Run(String pod, String uid, String container, int restarts) {}

  private final KubernetesClient client;
  private final EnvironmentId environment;
  private final SecretMask mask;
  private final Consumer<LogLine> lines;
  private final ScheduledExecutorService executor;
  private final Map<Run, LogWatch> streams = new HashMap<>();
  private final Map<Run, Instant> last = new HashMap<>();
  private final Set<Run> present = new HashSet<>();
  private final Object delivery = new Object();
  private @Nullable Subscription changes;
  private volatile boolean closed;

  LogFollower(
      KubernetesClient client,
      EnvironmentId environment,
      SecretMask mask,
      Consumer<LogLine> lines,
      ScheduledExecutorService executor) {
    this.client = client;
    this.environment = environment;
    this.mask = mask;
    this.lines = lines;
    this.executor = executor;
  }

  /** Begins: with new lines only of the pods that are there, with all lines of those to come. */
  LogFollower start(Iterable<Pod> pods, ClusterCache cache) {
    for (Pod pod : pods) {
      for (Run run : running(pod)) {
        synchronized (this) {
          present.add(run);
        }
        open(run);
      }
    }
    Subscription subscription = cache.listen(this::changed);
    synchronized (this) {
      changes = subscription;
    }
    return this;
  }

  private void changed(HasMetadata object) {
    if (object instanceof Pod pod
        && Labels.environment(pod).filter(environment::equals).isPresent()) {
      running(pod).forEach(run -> submit(() -> open(run), 0));
    }
  }

  private static Set<Run> running(Pod pod) {
    Set<Run> runs = new HashSet<>();
    if (pod.getStatus() != null) {
      for (ContainerStatus status : pod.getStatus().getContainerStatuses()) {
        if (status.getState() != null && status.getState().getRunning() != null) {
          runs.add(
              new Run(
                  pod.getMetadata().getName(),
                  pod.getMetadata().getUid(),
                  status.getName(),
                  status.getRestartCount() == null ? 0 : status.getRestartCount()));
        }
      }
    }
    return runs;
  }

  private synchronized void open(Run run) {
    if (closed || streams.containsKey(run)) {
      return;
    }
    try {
      var stamped =
          client
              .pods()
              .inNamespace(environment.namespace().value())
              .withName(run.pod())
              .inContainer(run.container())
              .usingTimestamps();
      Instant resume = last.get(run);
      LineStream sink = new LineStream(line -> deliver(run, line));
      LogWatch watch;
      if (resume != null) {
        watch = stamped.sinceTime(resume.toString()).watchLog(sink);
      } else if (present.contains(run)) {
        watch = stamped.tailingLines(0).watchLog(sink);
      } else {
        watch = stamped.watchLog(sink);
      }
      streams.put(run, watch);
      watch
          .onClose()
          .whenComplete((cause, problem) -> submit(() -> ended(run, watch), RESUME_SECONDS));
    } catch (KubernetesClientException e) {
      submit(() -> reopen(run), RESUME_SECONDS);
    }
  }

  private void ended(Run run, LogWatch watch) {
    synchronized (this) {
      streams.remove(run, watch);
      last.computeIfAbsent(run, r -> Instant.EPOCH);
    }
    reopen(run);
  }

  /** Opens the stream again if the container still runs. */
  private void reopen(Run run) {
    if (closed) {
      return;
    }
    try {
      Pod pod =
          client.pods().inNamespace(environment.namespace().value()).withName(run.pod()).get();
      if (pod != null && running(pod).contains(run)) {
        open(run);
      } else {
        forget(run);
      }
    } catch (KubernetesClientException e) {
      submit(() -> reopen(run), RESUME_SECONDS);
    }
  }

  private synchronized void forget(Run run) {
    last.remove(run);
    present.remove(run);
  }

  private void deliver(Run run, String line) {
    synchronized (delivery) {
      Instant before;
      synchronized (this) {
        before = last.getOrDefault(run, Instant.EPOCH);
      }
      LogText text = LogText.parse(line, before);
      if (closed || LogText.isGone(line) || !text.at().isAfter(before)) {
        return; // resuming begins with the second of the last line
      }
      synchronized (this) {
        last.put(run, text.at());
      }
      lines.accept(text.of(run.pod(), mask));
    }
  }

  private void submit(Runnable task, long afterSeconds) {
    try {
      var unused = executor.schedule(task, afterSeconds, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      close();
    }
  }

  @Override
  public void close() {
    closed = true;
    Set<LogWatch> open;
    Subscription subscription;
    synchronized (this) {
      open = new HashSet<>(streams.values());
      streams.clear();
      subscription = changes;
    }
    if (subscription != null) {
      subscription.close();
    }
    open.forEach(LogWatch::close);
  }
}
