package io.cite.server.http;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.error.CiteException;
import io.cite.core.error.Forbidden;
import io.cite.core.error.NotFound;
import io.cite.core.port.AuditTrail;
import io.cite.core.port.InstantSource;
import io.cite.server.config.ApiToken.Verb;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a request through to its route, or refuses it; what a known caller may not do is audited.
 */
final class AccessControl {
  private static final Logger LOG = LoggerFactory.getLogger(AccessControl.class);

  private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD);
  private static final String PRINCIPAL = "cite.principal";

  private final Authenticator authenticator;
  private final RateLimit perToken;
  private final RateLimit perStranger;
  private final ClientAddresses addresses;
  private final AuditTrail audit;
  private final InstantSource clock;

  AccessControl(
      Authenticator authenticator,
      RateLimit perToken,
      RateLimit perStranger,
      ClientAddresses addresses,
      AuditTrail audit,
      InstantSource clock) {
    this.authenticator = authenticator;
    this.perToken = perToken;
    this.perStranger = perStranger;
    this.addresses = addresses;
    this.audit = audit;
    this.clock = clock;
  }

  /** Whether the headers of a request may be those of a known caller. */
  boolean mayKnow(@Nullable String authorization, boolean hasCookie) {
    return authenticator.mayKnow(authorization, hasCookie);
  }

  void admit(Context ctx, Policy policy) {
    if (policy instanceof Policy.Open || policy instanceof Policy.Signed) {
      return;
    }
    Principal principal = authenticate(ctx);
    perToken.count(principal.name());
    principal.attachTo(ctx);
    if (principal.session() != null && !READING.contains(ctx.method())) {
      SameOrigin.require(ctx, principal.session());
    }
    if (policy instanceof Policy.OfService service) {
      principal.require(service.verb(), Paths.service(ctx));
    } else if (policy instanceof Policy.OfToken token) {
      principal.requireSomewhere(token.verb());
    } else if (policy instanceof Policy.OfPlatform platform) {
      principal.requireEverywhere(platform.verb());
    }
  }

  /** Only failures are counted: a valid token is let through whatever its address did before. */
  private Principal authenticate(Context ctx) {
    try {
      return authenticator.authenticate(ctx);
    } catch (HttpProblem e) {
      perStranger.count(addresses.of(ctx));
      throw e;
    }
  }

  /** Notes that a known caller was refused; the answer does not depend on it. */
  void denied(Context ctx, CiteException refusal) {
    if (!(ctx.attribute(PRINCIPAL) instanceof Principal caller)
        || !isDenial(ctx, caller, refusal)) {
      return;
    }
    try {
      audit.append(
          UUID.randomUUID().toString(),
          new AuditEntry(
              clock.instant(),
              caller.name(),
              AuditAction.ACCESS_DENY,
              ctx.path(),
              AuditEntry.Outcome.DENIED,
              ctx.method().name() + ": " + refusal.getMessage()));
    } catch (CiteException e) {
      LOG.warn("CITE could not audit that {} was refused at {}.", caller.name(), ctx.path(), e);
    }
  }

  private static boolean isDenial(Context ctx, Principal caller, CiteException refusal) {
    if (refusal instanceof Forbidden) {
      return true;
    }
    String namespace = ctx.pathParamMap().get("ns");
    String service = ctx.pathParamMap().get("service");
    return refusal instanceof NotFound
        && namespace != null
        && service != null
        && !caller.token().allows(Verb.READ, namespace, service);
  }
}
