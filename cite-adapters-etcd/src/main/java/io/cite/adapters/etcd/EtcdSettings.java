package io.cite.adapters.etcd;

import io.cite.core.domain.service.Secret;
import io.cite.core.error.InvalidInput;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Where etcd is and how it is spoken to.
 *
 * @param endpoints client addresses of the members, {@code http} or {@code https}
 * @param login user and password, if etcd asks for them
 * @param tls certificates, if the system's own do not serve
 * @param callTimeout how long one call on the store may take
 * @param leaseTtl how long a leader that is not heard of keeps its place; whole seconds
 */
public record EtcdSettings(
    List<URI> endpoints,
    Optional<Login> login,
    Optional<Tls> tls,
    Duration callTimeout,
    Duration leaseTtl) {

  /** A user of etcd. */
  public record Login(String user, Secret password) {}

  /**
   * Certificates as PEM files.
   *
   * @param authority whom to trust in place of the system's authorities
   * @param client what to present to etcd
   */
  public record Tls(Optional<Path> authority, Optional<ClientCertificate> client) {}

  /** A client certificate and its key as PEM files. */
  public record ClientCertificate(Path certificate, Path key) {}

  public EtcdSettings {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new InvalidInput("Give at least one etcd endpoint, such as http://etcd:2379");
    }
    for (URI endpoint : endpoints) {
      boolean http = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
      if (!http || endpoint.getHost() == null) {
        throw new InvalidInput(
            "An etcd endpoint must be a URL such as http://etcd:2379, not " + endpoint);
      }
    }
    if (endpoints.stream().map(URI::getScheme).distinct().count() > 1) {
      throw new InvalidInput("The etcd endpoints must be either all http or all https");
    }
    if (callTimeout.toMillis() < 1) {
      throw new InvalidInput(
          "The timeout of etcd calls must be longer than zero, not " + callTimeout);
    }
    if (leaseTtl.toSeconds() < 2 || !leaseTtl.equals(leaseTtl.truncatedTo(ChronoUnit.SECONDS))) {
      throw new InvalidInput("The etcd lease must be at least 2 whole seconds, not " + leaseTtl);
    }
  }

  /** These endpoints without login and certificates, with calls of 3 s and a lease of 10 s. */
  public static EtcdSettings of(List<URI> endpoints) {
    return new EtcdSettings(
        endpoints,
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(3),
        Duration.ofSeconds(10));
  }

  /** The same with another timeout. */
  public EtcdSettings withCallTimeout(Duration timeout) {
    return new EtcdSettings(endpoints, login, tls, timeout, leaseTtl);
  }

  /** The same with another lease. */
  public EtcdSettings withLeaseTtl(Duration ttl) {
    return new EtcdSettings(endpoints, login, tls, callTimeout, ttl);
  }

  boolean encrypted() {
    return "https".equals(endpoints.get(0).getScheme());
  }
}
