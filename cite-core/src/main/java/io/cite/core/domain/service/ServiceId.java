package io.cite.core.domain.service;

import io.cite.core.error.InvalidInput;
import java.util.Comparator;

/** Identity of a service, written {@code namespace/name}. */
public record ServiceId(Namespace namespace, ServiceName name) implements Comparable<ServiceId> {
  private static final Comparator<ServiceId> ORDER =
      Comparator.comparing(ServiceId::namespace).thenComparing(ServiceId::name);

  /** Reads {@code namespace/name}. */
  public static ServiceId parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new InvalidInput("The service '" + text + "' must be written as namespace/name");
    }
    return of(text.substring(0, slash), text.substring(slash + 1));
  }

  /** The id of these two names. */
  public static ServiceId of(String namespace, String name) {
    return new ServiceId(Namespace.parse(namespace), ServiceName.parse(name));
  }

  @Override
  public int compareTo(ServiceId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
