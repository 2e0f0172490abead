package io.cite.adapters.k8s;

import io.cite.core.error.InvalidInput;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes pods may run on.
 *
 * @param nodeLabels labels that a node must have; empty for any node
 * @param tolerations taints that do not keep the pods away
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/">Taints
 *     and tolerations</a>
 */
public record Placement(Map<String, String> nodeLabels, List<Toleration> tolerations) {
  /** Wherever the scheduler likes. */
  public static final Placement ANYWHERE = new Placement(Map.of(), List.of());

  /**
   * A taint that does not keep the pods away.
   *
   * @param value null: whatever the taint's value is
   * @param effect {@code NoSchedule}, {@code PreferNoSchedule} or {@code NoExecute}; null for all
   */
  public record Toleration(String key, @Nullable String value, @Nullable String effect) {
    public Toleration {
      if (key.isBlank()) {
        throw new InvalidInput("A toleration names the key of a taint");
      }
    }
  }

  public Placement {
    nodeLabels = Map.copyOf(nodeLabels);
    tolerations = List.copyOf(tolerations);
  }
}
