package io.cite.adapters.k8s;

import io.cite.core.domain.deploy.Evidence;
import io.cite.core.port.cluster.RolloutId;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a person needs to understand why a rollout is stuck: its last events and the end of
 * the failing container's log. What cannot be read is left out; that it could not be read is no
 * reason to hide the rest.
 */
final class EvidenceCollector {
  private static final int EVENTS = 20;
  private static final int LOG_LINES = 100;

  private final KubernetesClient client;
  private final KubernetesSecrets secrets;

  EvidenceCollector(KubernetesClient client, KubernetesSecrets secrets) {
    this.client = client;
    this.secrets = secrets;
  }

  Evidence collect(RolloutId rollout, Set<String> pods, RolloutDiagnosis.Finding finding) {
    SecretMask mask;
    try {
      mask = secrets.mask(rollout.environment());
    } catch (io.cite.core.error.CiteException e) {
      return new Evidence(finding.reason(), List.of(), ""); // nothing that cannot be masked
    }
    return new Evidence(
        finding.reason(),
        events(rollout, pods).stream().map(mask::apply).toList(),
        mask.apply(log(rollout, finding)));
  }

  private List<String> events(RolloutId rollout, Set<String> pods) {
    String namespace = rollout.environment().namespace().value();
    try {
      List<Event> all =
          client.v1().events().inNamespace(namespace).list().getItems().stream()
              .filter(e -> concerns(e, rollout, pods))
              .sorted(Comparator.comparing(EvidenceCollector::time))
              .toList();
      return all.subList(Math.max(0, all.size() - EVENTS), all.size()).stream()
          .map(EvidenceCollector::line)
          .toList();
    } catch (KubernetesClientException e) {
      return List.of();
    }
  }

  private static boolean concerns(Event event, RolloutId rollout, Set<String> pods) {
    String object = event.getInvolvedObject() == null ? null : event.getInvolvedObject().getName();
    return object != null && (object.equals(rollout.name()) || pods.contains(object));
  }

  private static String time(Event event) {
    return Stream.of(
            event.getLastTimestamp(),
            event.getEventTime() == null ? null : event.getEventTime().getTime(),
            event.getMetadata().getCreationTimestamp())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  private static String line(Event event) {
    int count = event.getCount() == null ? 1 : event.getCount();
    return Stream.of(
            time(event),
            event.getType(),
            event.getReason(),
            event.getInvolvedObject().getName() + ":",
            event.getMessage(),
            count > 1 ? "(" + count + " times)" : null)
        .filter(Objects::nonNull)
        .collect(Collectors.joining(" "));
  }

  private String log(RolloutId rollout, RolloutDiagnosis.Finding finding) {
    if (finding.pod() == null || finding.container() == null) {
      return "";
    }
    String namespace = rollout.environment().namespace().value();
    String log = log(namespace, finding.pod(), finding.container(), finding.previous());
    return log == null && finding.previous()
        ? Objects.requireNonNullElse(log(namespace, finding.pod(), finding.container(), false), "")
        : Objects.requireNonNullElse(log, "");
  }

  private @Nullable String log(String namespace, String pod, String container, boolean previous) {
    try {
      var source =
          client
              .pods()
              .inNamespace(namespace)
              .withName(pod)
              .inContainer(container)
              .usingTimestamps();
      String log = (previous ? source.terminated() : source).tailingLines(LOG_LINES).getLog();
      return log == null || LogText.isGone(log) ? null : LogText.plain(log);
    } catch (KubernetesClientException e) {
      return null;
    }
  }
}
