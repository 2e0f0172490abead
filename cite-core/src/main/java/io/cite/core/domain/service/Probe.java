package io.cite.core.domain.service;

import io.cite.core.error.InvalidInput;
import org.jspecify.annotations.Nullable;

/**
 * How Kubernetes finds out that a pod can take traffic: an HTTP GET that must answer 200 to 399, or
 * a TCP connection.
 *
 * @param path path of the GET, beginning with {@code /}; null for a TCP connection
 * @param port which port to ask; null for the service's first one
 */
public record Probe(@Nullable String path, @Nullable Integer port) {
  private static final int MAX_PATH = 1024;

  public Probe {
    if (path != null) {
      if (!path.startsWith("/")
          || path.length() > MAX_PATH
          || path.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
        throw new InvalidInput("The probe's path must begin with '/' and have no white space");
      }
    }
    if (port != null) {
      ContainerPorts.check(port);
    }
  }

  /** A TCP connection to the first port. */
  public static Probe tcp() {
    return new Probe(null, null);
  }

  /** An HTTP GET of this path on the first port. */
  public static Probe http(String path) {
    return new Probe(path, null);
  }
}
