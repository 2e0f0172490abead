package io.cite.server.config;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token of the API. Only its SHA-256 is known here.
 *
 * @param name who it belongs to, as the audit trail shows it
 * @param sha256 64 lower-case hexadecimal digits
 * @param login the owner's GitHub login: the token may do no more than they; null if it belongs to
 *     nobody
 */
public record ApiToken(
    String name, String sha256, List<Scope> scopes, @Nullable String login, Instant expires) {

  /** What may be done, weakest first; each includes those before. */
  public enum Verb {
    READ,
    PUSH,
    ADMIN
  }

  /**
   * What a token may do where.
   *
   * @param services {@code *}, {@code namespace/*} or {@code namespace/name}
   */
  public record Scope(List<String> services, Verb verb) {
    public Scope {
      services = List.copyOf(services);
    }

    /** Whether the scope covers everything there is. */
    boolean isEverywhere() {
      return services.contains("*");
    }

    /** Whether the service is in the scope. */
    boolean covers(String namespace, String name) {
      for (String pattern : services) {
        if (pattern.equals("*")
            || pattern.equals(namespace + "/*")
            || pattern.equals(namespace + "/" + name)) {
          return true;
        }
      }
      return false;
    }
  }

  public ApiToken {
    scopes = List.copyOf(scopes);
  }

  /** Whether it may do this to the service. */
  public boolean allows(Verb verb, String namespace, String name) {
    return scopes.stream()
        .anyMatch(scope -> scope.verb().compareTo(verb) >= 0 && scope.covers(namespace, name));
  }

  /** Whether it may do this to everything there is. */
  public boolean allowsEverywhere(Verb verb) {
    return scopes.stream()
        .anyMatch(scope -> scope.verb().compareTo(verb) >= 0 && scope.isEverywhere());
  }
}
