package io.cite.adapters.k8s;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.port.LogLine;
import io.cite.core.port.Subscription;
import io.cite.core.port.cluster.LogQuery;
import io.cite.core.port.cluster.PodLogs;
import io.cite.core.port.cluster.RolloutId;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.TailPrettyLoggable;
import io.fabric8.kubernetes.client.dsl.TimeTailPrettyLoggable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads what an environment's pods have written so far, and follows what they write. */
final class KubernetesPodLogs implements PodLogs {
  private record Line(String pod, LogText text) {}

  private final KubernetesClient client;
  private final KubernetesSecrets secrets;

  private final ClusterCache cache;
  private final ScheduledExecutorService executor;

  /**
   * Logs of a cluster.
   *
   * @param cache tells of new pods
   * @param executor resumes streams that broke
   */
  KubernetesPodLogs(
      KubernetesClient client,
      KubernetesSecrets secrets,
      ClusterCache cache,
      ScheduledExecutorService executor) {
    this.client = client;
    this.secrets = secrets;
    this.cache = cache;
    this.executor = executor;
  }

  @Override
  public Subscription follow(EnvironmentId environment, Consumer<LogLine> lines) {
    return KubernetesFailures.call(
        "follow the logs of " + environment,
        () ->
            new LogFollower(client, environment, secrets.mask(environment), lines, executor)
                .start(pods(environment, null), cache));
  }

  @Override
  public List<LogLine> read(
      EnvironmentId environment, @Nullable RolloutId rollout, LogQuery query) {
    return KubernetesFailures.call(
        "read the logs of " + environment,
        () -> {
          SecretMask mask = secrets.mask(environment);
          List<Line> lines = new ArrayList<>();
          for (Pod pod : pods(environment, rollout)) {
            for (Container container : pod.getSpec().getContainers()) {
              lines.addAll(read(pod, container.getName(), query));
            }
          }
          lines.sort(Comparator.comparing(line -> line.text().at()));
          return lines.subList(Math.max(0, lines.size() - query.tail()), lines.size()).stream()
              .map(line -> line.text().of(line.pod(), mask))
              .toList();
        });
  }

  private List<Pod> pods(EnvironmentId environment, @Nullable RolloutId rollout) {
    return client
        .pods()
        .inNamespace(environment.namespace().value())
        .withLabels(rollout == null ? Labels.of(environment) : Labels.selector(rollout))
        .list()
        .getItems();
  }

  private List<Line> read(Pod pod, String container, LogQuery query) {
    String name = pod.getMetadata().getName();
    String log;
    try {
      log = log(pod, container, query);
    } catch (KubernetesClientException e) {
      if (e.getCode() == 400 || e.getCode() == 404) {
        return List.of(); // it has not started, has no earlier run, or is gone
      }
      throw e;
    }
    List<Line> lines = new ArrayList<>();
    Instant last = Instant.EPOCH;
    for (String each : log.lines().toList()) {
      LogText text = LogText.parse(each, last);
      last = text.at();
      lines.add(new Line(name, text));
    }
    return lines;
  }

  private String log(Pod pod, String container, LogQuery query) {
    var stamped =
        client
            .pods()
            .inNamespace(pod.getMetadata().getNamespace())
            .withName(pod.getMetadata().getName())
            .inContainer(container)
            .usingTimestamps();
    TimeTailPrettyLoggable run = query.previous() ? stamped.terminated() : stamped;
    Duration since = query.since();
    TailPrettyLoggable part =
        since == null ? run : run.sinceSeconds(Math.toIntExact(Math.max(1, since.toSeconds())));
    String log = part.tailingLines(Math.max(1, query.tail())).getLog();
    return log == null || LogText.isGone(log) ? "" : log;
  }
}
