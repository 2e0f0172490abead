package io.cite.server.http;

import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceName;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.CiteException;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.Forbidden;
import io.cite.core.error.NotFound;
import io.cite.server.config.ApiToken;
import io.cite.server.config.ApiToken.Verb;
import io.javalin.http.Context;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who sent the request, and what their token covers. */
record Principal(ApiToken token) {
  private static final String ATTRIBUTE = "cite.principal";

  static Principal of(Context ctx) {
    Principal principal = ctx.attribute(ATTRIBUTE);
    if (principal == null) {
      throw new IllegalStateException("the route has no policy that asks for a token");
    }
    return principal;
  }

  void attachTo(Context ctx) {
    ctx.attribute(ATTRIBUTE, this);
  }

  String name() {
    return token.name();
  }

  @Nullable String login() {
    return token.login();
  }

  /** Whether the service exists for this caller. */
  boolean sees(ServiceId service) {
    return token.allows(Verb.READ, service.namespace().value(), service.name().value());
  }

  /** Whether services of the repository exist for this caller. */
  boolean sees(RepositoryName repository) {
    try {
      return sees(
          new ServiceId(Namespace.of(repository.owner()), ServiceName.from(repository.name())));
    } catch (CiteException e) {
      return token.allowsEverywhere(Verb.READ);
    }
  }

  /**
   * Requires that the token covers this.
   *
   * @throws NotFound where the caller may not even know of the service
   * @throws Forbidden where they may see it but not do this
   */
  void require(Verb verb, String namespace, String name) {
    if (!token.allows(Verb.READ, namespace, name)) {
      throw new NotFound("There is no service " + namespace + "/" + name);
    }
    if (!token.allows(verb, namespace, name)) {
      throw new Forbidden(
          "The token '"
              + name()
              + "' may not "
              + verb.name().toLowerCase(Locale.ROOT)
              + " "
              + namespace
              + "/"
              + name);
    }
  }

  /** Requires that the token covers everything there is. */
  void requireEverywhere(Verb verb) {
    if (!token.allowsEverywhere(verb)) {
      throw new Forbidden(
          ErrorCode.FORBIDDEN,
          "The token '"
              + name()
              + "' may not "
              + verb.name().toLowerCase(Locale.ROOT)
              + " the whole platform");
    }
  }
}
