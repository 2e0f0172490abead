package io.cite.sdk;

import io.cite.sdk.wire.ServiceView;

/**
 * Names a service.
 *
 * @param namespace Kubernetes namespace, made from the repository's owner
 * @param name name within the namespace
 */
public record ServiceRef(String namespace, String name) {
  /** Neither part may be blank or contain a slash. */
  public ServiceRef {
    requireWord("namespace", namespace);
    requireWord("name", name);
  }

  /** Reads {@code namespace/name}, what {@link #toString} writes. */
  public static ServiceRef parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("A service is named namespace/name, not '" + text + "'");
    }
    return new ServiceRef(text.substring(0, slash), text.substring(slash + 1));
  }

  /** The name of that service. */
  public static ServiceRef of(ServiceView service) {
    return new ServiceRef(service.namespace(), service.name());
  }

  /** Names an environment of this service. */
  public EnvironmentRef environment(String slug) {
    return new EnvironmentRef(this, slug);
  }

  static void requireWord(String what, String word) {
    if (word.isBlank() || word.indexOf('/') >= 0) {
      throw new IllegalArgumentException("Not a " + what + ": '" + word + "'");
    }
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
