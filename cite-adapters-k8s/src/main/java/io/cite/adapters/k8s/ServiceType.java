package io.cite.adapters.k8s;

import io.cite.core.error.InvalidInput;

/** How the Service of an environment can be reached. */
public enum ServiceType {
  /** From within the cluster only. */
  CLUSTER_IP("ClusterIP"),
  /** On a port of every node. */
  NODE_PORT("NodePort"),
  /** By an address of the cloud's load balancer. */
  LOAD_BALANCER("LoadBalancer");

  private final String word;

  ServiceType(String word) {
    this.word = word;
  }

  /** Kubernetes' word for it. */
  public String word() {
    return word;
  }

  /** Reads Kubernetes' word or the configuration's spelling, such as {@code node-port}. */
  public static ServiceType parse(String text) {
    for (ServiceType type : values()) {
      if (type.word.equalsIgnoreCase(text.replace("-", ""))) {
        return type;
      }
    }
    throw new InvalidInput(
        "The Service type '" + text + "' must be cluster-ip, node-port or load-balancer");
  }
}
