package io.cite.sdk.wire;

import org.jspecify.annotations.Nullable;

/**
 * How pods show that they are ready.
 *
 * @param path HTTP path to ask for; absent: a TCP connection is enough
 * @param port port to ask; absent: the first port of the service
 */
public record ProbeView(@Nullable String path, @Nullable Integer port) {

  /** An HTTP probe of that path on the first port. */
  public static ProbeView http(String path) {
    return new ProbeView(path, null);
  }

  /** A TCP probe of the first port. */
  public static ProbeView tcp() {
    return new ProbeView(null, null);
  }
}
