package io.cite.adapters.k8s;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.service.Variables;
import io.cite.core.port.cluster.ClusterSecrets;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The secret variables of environments, each environment's in one Kubernetes Secret. */
final class KubernetesSecrets implements ClusterSecrets {
  private final KubernetesClient client;
  private final Manifests manifests;

  KubernetesSecrets(KubernetesClient client, Manifests manifests) {
    this.client = client;
    this.manifests = manifests;
  }

  @Override
  public void put(EnvironmentId environment, Map<String, Secret> secrets) {
    Map<String, String> encoded = new TreeMap<>();
    secrets.forEach(
        (name, secret) -> {
          Variables.checkName(name);
          encoded.put(
              name,
              Base64.getEncoder().encodeToString(secret.reveal().getBytes(StandardCharsets.UTF_8)));
        });
    if (!encoded.isEmpty()) {
      merge(environment, encoded);
    }
  }

  @Override
  public void remove(EnvironmentId environment, Collection<String> names) {
    KubernetesFailures.run(
        "remove secret variables of " + environment,
        () -> Retry.onConflict(() -> removeOnce(environment, names)));
  }

  private boolean removeOnce(EnvironmentId environment, Collection<String> names) {
    io.fabric8.kubernetes.api.model.Secret found = get(environment);
    if (found == null || found.getData() == null) {
      return true;
    }
    Labels.requireOurs(found, environment);
    Map<String, String> left = new TreeMap<>(found.getData());
    if (left.keySet().removeAll(names)) {
      found.setData(left);
      client.resource(found).lockResourceVersion(found.getMetadata().getResourceVersion()).update();
    }
    return true;
  }

  @Override
  public Set<String> names(EnvironmentId environment) {
    io.fabric8.kubernetes.api.model.Secret found =
        KubernetesFailures.call(
            "read the names of the secret variables of " + environment, () -> get(environment));
    return found == null || found.getData() == null
        ? Set.of()
        : Set.copyOf(found.getData().keySet());
  }

  @Override
  public void copy(EnvironmentId from, EnvironmentId to, Collection<String> names) {
    String operation = "copy the secret variables of " + from;
    io.fabric8.kubernetes.api.model.Secret source =
        KubernetesFailures.call(operation, () -> get(from));
    if (source != null && source.getData() != null) {
      Map<String, String> wanted = new TreeMap<>(Labels.requireOurs(source, from).getData());
      wanted.keySet().retainAll(names);
      if (!wanted.isEmpty()) {
        merge(to, wanted);
      }
    }
  }

  private void merge(EnvironmentId environment, Map<String, String> encoded) {
    KubernetesFailures.run(
        "set the secret variables of " + environment,
        () -> Retry.onConflict(() -> mergeOnce(environment, encoded)));
  }

  private boolean mergeOnce(EnvironmentId environment, Map<String, String> encoded) {
    io.fabric8.kubernetes.api.model.Secret found = get(environment);
    if (found == null) {
      client.resource(manifests.secret(environment, encoded)).create();
      return true;
    }
    Labels.requireOurs(found, environment);
    Map<String, String> all = new TreeMap<>();
    if (found.getData() != null) {
      all.putAll(found.getData());
    }
    all.putAll(encoded);
    if (!all.equals(found.getData())) {
      found.setData(all);
      client.resource(found).lockResourceVersion(found.getMetadata().getResourceVersion()).update();
    }
    return true;
  }

  /** Hides the environment's secret values in texts that its pods wrote. */
  SecretMask mask(EnvironmentId environment) {
    io.fabric8.kubernetes.api.model.Secret found;
    try {
      found = get(environment);
    } catch (KubernetesClientException e) {
      throw KubernetesFailures.translate("read the secret variables of " + environment, e);
    }
    return found == null || found.getData() == null
        ? SecretMask.none()
        : SecretMask.ofEncoded(found.getData().values());
  }

  io.fabric8.kubernetes.api.model.@Nullable Secret get(EnvironmentId environment) {
    return client
        .secrets()
        .inNamespace(environment.namespace().value())
        .withName(Manifests.secretName(environment))
        .get();
  }
}
