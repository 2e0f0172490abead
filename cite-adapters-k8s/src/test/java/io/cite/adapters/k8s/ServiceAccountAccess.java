package io.cite.adapters.k8s;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * The rights that CITE's documentation gives it, put into the cluster under names of their own, and
 * a client that has no others.
 */
final class ServiceAccountAccess implements AutoCloseable {
  private static final Path MANIFEST = Path.of("..", "docs", "kubernetes-rbac.yaml");

  private final KubernetesClient admin;
  private final String name = "cite-test-" + UUID.randomUUID();
  private final KubernetesClient client;

  ServiceAccountAccess(KubernetesClient admin) {
    this.admin = admin;
    for (HasMetadata object : documented(admin)) {
      if (object instanceof ClusterRole role) {
        role.getMetadata().setName(name);
        admin.resource(role).create();
      } else if (object instanceof ClusterRoleBinding binding) {
        binding.getMetadata().setName(name);
        binding.getRoleRef().setName(name);
        binding.getSubjects().forEach(subject -> subject.setName(name));
        admin.resource(binding).create();
      }
    }
    Config config =
        new ConfigBuilder(admin.getConfiguration())
            .withImpersonateUsername("system:serviceaccount:cite-system:" + name)
            .build();
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  /** What the documentation tells to apply. */
  static List<HasMetadata> documented(KubernetesClient client) {
    try (InputStream text = Files.newInputStream(MANIFEST)) {
      return client.load(text).items();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  KubernetesClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    admin.rbac().clusterRoleBindings().withName(name).delete();
    admin.rbac().clusterRoles().withName(name).delete();
  }
}
