package io.cite.server.http;

import io.cite.server.config.ApiToken.Verb;
import java.util.Locale;

/** Who may use a route. There is no route without one. */
public sealed interface Policy {

  /** Anybody. */
  record Open() implements Policy {
    @Override
    public String toString() {
      return "public";
    }
  }

  /** Whoever knows the webhook's secret. */
  record Signed() implements Policy {
    @Override
    public String toString() {
      return "signed";
    }
  }

  /** Whoever has a token that covers the service in the path. */
  record OfService(Verb verb) implements Policy {
    @Override
    public String toString() {
      return verb.name().toLowerCase(Locale.ROOT) + " service";
    }
  }

  /** Whoever has a token; what it does not cover is not shown or refused by the handler. */
  record OfToken(Verb verb) implements Policy {
    @Override
    public String toString() {
      return verb.name().toLowerCase(Locale.ROOT) + " token";
    }
  }

  /** Whoever has a token that covers everything there is. */
  record OfPlatform(Verb verb) implements Policy {
    @Override
    public String toString() {
      return verb.name().toLowerCase(Locale.ROOT) + " platform";
    }
  }

  /** Anybody may use the route. */
  static Policy open() {
    return new Open();
  }

  /** Whoever knows the webhook's secret may. */
  static Policy signed() {
    return new Signed();
  }

  /** Whoever may do this to the service in the path may. */
  static Policy service(Verb verb) {
    return new OfService(verb);
  }

  /** Whoever may do this somewhere may. */
  static Policy token(Verb verb) {
    return new OfToken(verb);
  }

  /** Whoever may do this everywhere may. */
  static Policy platform(Verb verb) {
    return new OfPlatform(verb);
  }
}
