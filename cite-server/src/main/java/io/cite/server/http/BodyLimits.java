package io.cite.server.http;

import io.cite.adapters.github.WebhookSignature;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * How large the body of a request may be. The body of a request that its route refuses by its
 * headers alone is not waited for at all. Thread-safe.
 */
final class BodyLimits {
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final RoutingTable table;
  private final AccessControl guard;

  BodyLimits(RoutingTable table, AccessControl guard) {
    this.table = table;
    this.guard = guard;
  }

  /** How many bytes the body may have; 0 if the request is refused whatever its body says. */
  int of(Request request) {
    if (WITHOUT_BODY.contains(request.getMethod())) {
      return 0;
    }
    HttpFields headers = request.getHeaders();
    return table
        .find(request.getMethod(), path(request))
        .map(route -> of(route.policy(), headers))
        .orElseGet(() -> ofCaller(headers));
  }

  /** The path as routes have it: a slash at the end makes no difference. */
  private static String path(Request request) {
    String path = Request.getPathInContext(request);
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private int of(Policy policy, HttpFields headers) {
    if (policy instanceof Policy.Signed) {
      return WebhookSignature.isWellFormed(headers.get(WebhookSignature.HEADER))
          ? WebhookRoute.MAX_BODY
          : 0;
    }
    return policy instanceof Policy.Open ? BodyBudget.SMALL : ofCaller(headers);
  }

  private int ofCaller(HttpFields headers) {
    boolean mayBeKnown =
        guard.mayKnow(headers.get(HttpHeader.AUTHORIZATION), headers.contains(HttpHeader.COOKIE));
    return mayBeKnown ? Json.MAX_BODY : 0;
  }
}
