package io.cite.server.bootstrap;

import dagger.Module;
import dagger.Provides;
import io.cite.core.UseCases;
import io.cite.core.engine.Ports;
import io.cite.core.engine.StateChanges;
import io.cite.core.engine.store.Stores;
import io.cite.server.config.Configuration;
import io.cite.server.config.GitHubConfiguration;
import io.cite.server.http.EventStreams;
import io.cite.server.http.Health;
import io.cite.server.web.WebUi;
import io.cite.server.web.session.SignInSettings;
import jakarta.inject.Singleton;

/** The web pages. */
@Module
final class WebModule {
  private WebModule() {}

  @Provides
  @Singleton
  static WebUi pages(
      Configuration configuration,
      UseCases useCases,
      Ports ports,
      Stores stores,
      StateChanges changes,
      EventStreams streams,
      Health health,
      Resources resources) {
    return resources.add(
        new WebUi(useCases, ports, stores, changes, signIn(configuration), streams, health));
  }

  private static SignInSettings signIn(Configuration configuration) {
    GitHubConfiguration github = configuration.github();
    GitHubConfiguration.OAuth app = github.oauth();
    return new SignInSettings(
        configuration.http().publicUrl(),
        configuration.api().tokens(),
        app == null
            ? null
            : new SignInSettings.GitHub(
                github.url(), github.api(), app.clientId(), app.clientSecret(), github.timeout()),
        github.administrators(),
        configuration.http().signInLimit(),
        configuration.http().trustedProxies());
  }
}
