package io.cite.server.config;

import io.cite.core.domain.service.Secret;
import io.cite.server.config.ConfigurationKey.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How GitHub is spoken to: with a token, or as a GitHub App.
 *
 * @param url where people view repositories
 * @param webhookSecret of hooks that CITE did not make, such as an organisation's
 * @param webhookSecretPrevious still taken while the secret is being changed
 * @param collaborator login of the account that CITE adds to repositories
 * @param collaboratorToken its token, if that is not {@code token}: it accepts the invitation
 * @param administrators GitHub's ids of the people who may do everything in the web UI
 */
public record GitHubConfiguration(
    URI api,
    URI url,
    @Nullable Secret token,
    @Nullable App app,
    Secret webhookSecret,
    @Nullable Secret webhookSecretPrevious,
    String collaborator,
    @Nullable Secret collaboratorToken,
    @Nullable OAuth oauth,
    Set<Long> administrators,
    Duration timeout) {
  private static final ConfigurationKey API =
      ConfigurationKey.of(
          "github.api", Kind.URL, "https://api.github.com", "URL of GitHub's REST API");
  private static final ConfigurationKey URL =
      ConfigurationKey.of(
          "github.url", Kind.URL, "https://github.com", "URL of GitHub's web pages");
  private static final ConfigurationKey TOKEN =
      ConfigurationKey.optional(
          "github.token", Kind.SECRET, "Token of the CITE account. Set this or github.app");
  private static final ConfigurationKey APP_ID =
      ConfigurationKey.optional("github.app.id", Kind.TEXT, "Id of the GitHub App that CITE uses");
  private static final ConfigurationKey APP_KEY =
      ConfigurationKey.optional(
          "github.app.privateKeyFile", Kind.FILE, "PEM file with the GitHub App's private key");
  private static final ConfigurationKey WEBHOOK_SECRET =
      ConfigurationKey.required(
          "github.webhookSecret",
          Kind.SECRET,
          "Secret of webhooks that CITE did not create, such as those of an organisation or an App");
  private static final ConfigurationKey WEBHOOK_SECRET_PREVIOUS =
      ConfigurationKey.optional(
          "github.webhookSecretPrevious",
          Kind.SECRET,
          "Former webhook secret, accepted during a change of the secret");
  private static final ConfigurationKey COLLABORATOR =
      ConfigurationKey.required(
          "github.collaborator",
          Kind.TEXT,
          "Login of the CITE account, which becomes a collaborator of each repository");
  private static final ConfigurationKey COLLABORATOR_TOKEN =
      ConfigurationKey.optional(
          "github.collaboratorToken",
          Kind.SECRET,
          "Token of the collaborator, if github.token belongs to another account. CITE accepts invitations with it");
  private static final ConfigurationKey OAUTH_ID =
      ConfigurationKey.optional(
          "github.oauth.clientId", Kind.TEXT, "Client id of the OAuth App for signing in");
  private static final ConfigurationKey OAUTH_SECRET =
      ConfigurationKey.optional(
          "github.oauth.clientSecret", Kind.SECRET, "Client secret of the OAuth App");
  private static final ConfigurationKey ADMINISTRATORS =
      ConfigurationKey.optional(
          "github.administrators",
          Kind.LIST,
          "GitHub ids, such as 583231, of the people who may do everything in the web UI");
  private static final ConfigurationKey TIMEOUT =
      ConfigurationKey.of("github.timeout", Kind.DURATION, "10s", "Timeout of a call");

  static final List<ConfigurationKey> KEYS =
      List.of(
          API,
          URL,
          TOKEN,
          APP_ID,
          APP_KEY,
          WEBHOOK_SECRET,
          WEBHOOK_SECRET_PREVIOUS,
          COLLABORATOR,
          COLLABORATOR_TOKEN,
          OAUTH_ID,
          OAUTH_SECRET,
          ADMINISTRATORS,
          TIMEOUT);

  public GitHubConfiguration {
    administrators = Set.copyOf(administrators);
  }

  private static Set<Long> administrators(Values values) {
    Set<Long> ids = new HashSet<>();
    for (String id : values.list(ADMINISTRATORS)) {
      if (id.matches("[1-9]\\d{0,17}")) {
        ids.add(Long.valueOf(id));
      } else {
        values.mistake(
            ADMINISTRATORS, "must be a list of GitHub ids, which are numbers, not '" + id + "'");
      }
    }
    return ids;
  }

  /** The GitHub App that CITE is. */
  public record App(String id, Path privateKeyFile) {}

  /** The OAuth App by which people sign in. */
  public record OAuth(String clientId, Secret clientSecret) {}

  static GitHubConfiguration from(Values values) {
    Secret token = values.secret(TOKEN);
    String appId = values.optional(APP_ID);
    Path appKey = values.file(APP_KEY);
    if ((appId == null) != (appKey == null)) {
      values.mistake(APP_ID, "and github.app.privateKeyFile must be set together");
    } else if (token == null && appId == null) {
      values.mistake(TOKEN, "or github.app.id with github.app.privateKeyFile must be set");
    } else if (token != null && appId != null) {
      values.mistake(TOKEN, "and github.app.id must not be set together");
    }
    String oauthId = values.optional(OAUTH_ID);
    Secret oauthSecret = values.secret(OAUTH_SECRET);
    if ((oauthId == null) != (oauthSecret == null)) {
      values.mistake(OAUTH_ID, "and github.oauth.clientSecret must be set together");
    }
    Secret webhookSecret = values.secret(WEBHOOK_SECRET);
    return new GitHubConfiguration(
        values.requiredUrl(API),
        values.requiredUrl(URL),
        token,
        appId == null || appKey == null ? null : new App(appId, appKey),
        webhookSecret == null ? Secret.of("") : webhookSecret,
        values.secret(WEBHOOK_SECRET_PREVIOUS),
        values.text(COLLABORATOR),
        values.secret(COLLABORATOR_TOKEN),
        oauthId == null || oauthSecret == null ? null : new OAuth(oauthId, oauthSecret),
        administrators(values),
        values.duration(TIMEOUT));
  }
}
