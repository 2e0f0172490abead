package io.cite.adapters.github;

import io.cite.core.domain.service.Secret;
import io.cite.core.error.InvalidInput;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How GitHub is spoken to.
 *
 * @param api base of the REST API, such as {@code https://api.github.com} or {@code
 *     https://github.example.com/api/v3}
 * @param login how CITE shows who it is
 * @param timeout bound of each request, answer included
 * @param collaboratorToken token of the account that is made a collaborator, with which its
 *     invitation is accepted; null if that is the account of {@code login}
 */
public record GitHubSettings(
    URI api, Login login, Duration timeout, @Nullable Secret collaboratorToken) {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  public GitHubSettings {
    String scheme = api.getScheme();
    if (!("http".equals(scheme) || "https".equals(scheme)) || api.getHost() == null) {
      throw new InvalidInput("The GitHub API '" + api + "' is not an http or https URL");
    }
    if (timeout.isZero() || timeout.isNegative()) {
      throw new InvalidInput("The timeout for GitHub must be longer than zero");
    }
    String text = api.toString();
    api = text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : api;
  }

  /** Access by a token, ten seconds for each request. */
  public static GitHubSettings of(URI api, Secret token) {
    return new GitHubSettings(api, new Token(token), DEFAULT_TIMEOUT, null);
  }

  /** How CITE shows who it is. */
  public sealed interface Login {}

  /** A personal access token, classic or fine-grained. */
  public record Token(Secret value) implements Login {}

  /**
   * A GitHub App, which gets a token for each owner that it is installed at.
   *
   * @param id the App's id or client id
   * @param privateKeyFile its RSA key in PEM, PKCS#1 as GitHub hands it out, or PKCS#8; read when
   *     first needed
   */
  public record App(String id, Path privateKeyFile) implements Login {}
}
