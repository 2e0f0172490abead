package io.cite.server.http;

import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceName;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.Forbidden;
import io.cite.core.error.InvalidInput;
import io.cite.core.error.NotFound;
import io.cite.server.config.ApiToken;
import io.cite.server.config.ApiToken.Verb;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who sent the request: their right is what their token covers and what they may do themselves.
 *
 * @param session the browser's session; null for a request with an API token
 */
public record Principal(ApiToken token, OwnerRights rights, @Nullable Session session) {
  private static final String ATTRIBUTE = "cite.principal";

  Principal(ApiToken token, OwnerRights rights) {
    this(token, rights, null);
  }

  /** Who sent a request to a route that not everybody may use. */
  public static Principal of(Context ctx) {
    Principal principal = ctx.attribute(ATTRIBUTE);
    if (principal == null) {
      throw new IllegalStateException("the route has no policy that asks for a token");
    }
    return principal;
  }

  /** Who sent a request; empty if nobody was asked who they are. */
  public static Optional<Principal> find(Context ctx) {
    return Optional.ofNullable(ctx.attribute(ATTRIBUTE));
  }

  void attachTo(Context ctx) {
    ctx.attribute(ATTRIBUTE, this);
  }

  /** The name in the audit trail. */
  public String name() {
    return token.name();
  }

  /** Who is to be named by what they order. */
  public Caller caller() {
    return new Caller(token.name(), token.login());
  }

  /** Whether the service exists for this caller. */
  public boolean sees(ServiceId service) {
    return may(Verb.READ, service);
  }

  /** Whether services of the repository exist for this caller. */
  public boolean sees(RepositoryName repository) {
    String login = token.login();
    return covers(repository) && (login == null || rights.includes(login, repository, Verb.READ));
  }

  private boolean covers(RepositoryName repository) {
    try {
      String namespace = Namespace.of(repository.owner()).value();
      return token.allows(Verb.READ, namespace, ServiceName.from(repository.name()).value());
    } catch (InvalidInput e) {
      return token.allowsEverywhere(Verb.READ);
    }
  }

  /** Whether this caller sees everything there is. */
  public boolean seesEverything() {
    return token.allowsEverywhere(Verb.READ) && token.login() == null;
  }

  /** Whether this caller may do this to the service. */
  public boolean may(Verb verb, ServiceId service) {
    String login = token.login();
    return token.allows(verb, service.namespace().value(), service.name().value())
        && (login == null || rights.includes(login, service, verb));
  }

  /**
   * Requires the right to do this.
   *
   * @throws NotFound if the caller may not even know of the service
   * @throws Forbidden if they may see it but not do this
   */
  public void require(Verb verb, ServiceId service) {
    if (!may(Verb.READ, service)) {
      throw new NotFound("There is no service " + service);
    }
    if (!may(verb, service)) {
      throw new Forbidden(refusal(verb, service.toString()));
    }
  }

  /** Requires that the token covers a service that need not exist yet. */
  public void requireScope(Verb verb, ServiceId service) {
    if (!token.allows(verb, service.namespace().value(), service.name().value())) {
      throw new Forbidden(refusal(verb, service.toString()));
    }
  }

  /** Requires that there is anything that the token may do this to. */
  void requireSomewhere(Verb verb) {
    if (token.scopes().stream().noneMatch(scope -> scope.verb().compareTo(verb) >= 0)) {
      throw new Forbidden(refusal(verb, "anything"));
    }
  }

  /**
   * Requires that the token covers everything there is. A token of a person has that person's
   * rights to repositories, so it never does.
   */
  void requireEverywhere(Verb verb) {
    if (!token.allowsEverywhere(verb) || token.login() != null) {
      throw new Forbidden(refusal(verb, "the whole platform"));
    }
  }

  private String refusal(Verb verb, String what) {
    return (session == null ? "The token '" : "The account '")
        + name()
        + "' has no "
        + verb.name().toLowerCase(Locale.ROOT)
        + " right to "
        + what;
  }
}
