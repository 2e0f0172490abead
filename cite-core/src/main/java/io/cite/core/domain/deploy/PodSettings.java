package io.cite.core.domain.deploy;

import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.ServiceSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What pods are given apart from their image, as far as it tells whether it was changed since.
 *
 * @param digests a short digest of each setting, by its name as in the REST interface, such as
 *     {@code variables.A}; a secret variable is counted, its value is in none of them
 */
public record PodSettings(Map<String, String> digests) {
  private static final int DIGITS = 8;
  private static final int MAX_VARIABLES = 200;

  public PodSettings {
    digests = Map.copyOf(digests);
  }

  /** What the pods of a deployment that is ordered now are given. */
  public static PodSettings of(ServiceSettings service, EnvironmentSettings environment) {
    return of(service.ports(), service, environment);
  }

  /** What pods that are made now, for a deployment with these ports, are given. */
  public static PodSettings of(
      ContainerPorts ports, ServiceSettings service, EnvironmentSettings environment) {
    Map<String, String> digests = new TreeMap<>();
    digests.put("ports", digest(ports.values()));
    digests.put("probe", digest(service.probe()));
    Map<String, String> variables = environment.variables().values();
    if (variables.size() > MAX_VARIABLES) {
      digests.put("variables", digest(variables));
    } else {
      variables.forEach((name, value) -> digests.put("variables." + name, digest(value)));
    }
    environment
        .secretNames()
        .forEach(
            name ->
                digests.put(
                    "secrets." + name,
                    Long.toString(environment.secretVersions().getOrDefault(name, 0L))));
    return new PodSettings(digests);
  }

  /** The names of the settings that are not as they were, in order. */
  public List<String> changedIn(PodSettings later) {
    TreeSet<String> names = new TreeSet<>(digests.keySet());
    names.addAll(later.digests.keySet());
    names.removeIf(name -> Objects.equals(digests.get(name), later.digests.get(name)));
    return List.copyOf(names);
  }

  private static String digest(Object value) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(value.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
