package io.cite.core.domain.service;

import io.cite.core.error.InvalidInput;
import java.util.HashSet;
import java.util.List;

/** The TCP ports that a service listens on: one to sixteen, each once. */
public record ContainerPorts(List<Integer> values) {
  private static final int MAX_PORT = 65_535;
  private static final int MAX_COUNT = 16;

  public ContainerPorts {
    values = List.copyOf(values);
    if (values.isEmpty() || values.size() > MAX_COUNT) {
      throw new InvalidInput("A service needs between 1 and " + MAX_COUNT + " ports");
    }
    values.forEach(ContainerPorts::check);
    if (new HashSet<>(values).size() != values.size()) {
      throw new InvalidInput("Each port may be named only once: " + values);
    }
  }

  /** The first port, which probes and links use. */
  public int first() {
    return values.get(0);
  }

  static void check(int port) {
    if (port < 1 || port > MAX_PORT) {
      throw new InvalidInput("The port " + port + " is out of range: 1 to " + MAX_PORT);
    }
  }
}
