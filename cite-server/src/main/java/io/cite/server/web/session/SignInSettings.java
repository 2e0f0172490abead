package io.cite.server.web.session;

import io.cite.core.domain.service.Secret;
import io.cite.server.config.ApiToken;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How people sign in.
 *
 * @param publicUrl where browsers reach CITE
 * @param tokens the API tokens that somebody can sign in with
 * @param gitHub null if signing in with GitHub is not configured
 * @param administrators GitHub's ids of those who may do everything
 * @param limit attempts to sign in that one address has per minute
 * @param trustedProxies whose word on an address counts
 */
public record SignInSettings(
    URI publicUrl,
    List<ApiToken> tokens,
    @Nullable GitHub gitHub,
    Set<Long> administrators,
    int limit,
    List<String> trustedProxies) {
  public SignInSettings {
    tokens = List.copyOf(tokens);
    administrators = Set.copyOf(administrators);
    trustedProxies = List.copyOf(trustedProxies);
  }

  /** Whether browsers reach CITE by https, and its cookies go nowhere else. */
  public boolean isSecure() {
    return "https".equals(publicUrl.getScheme());
  }

  /**
   * The OAuth App at GitHub.
   *
   * @param web where people view repositories
   * @param api GitHub's REST API
   * @param timeout of a call
   */
  public record GitHub(URI web, URI api, String clientId, Secret clientSecret, Duration timeout) {}
}
