package io.cite.server.bootstrap;

import dagger.Module;
import dagger.Provides;
import io.cite.adapters.github.GitHubSettings;
import io.cite.adapters.github.GitHubSourceHost;
import io.cite.core.port.InstantSource;
import io.cite.core.port.source.SourceHost;
import io.cite.server.config.Configuration;
import io.cite.server.config.GitHubConfiguration;
import io.cite.server.http.Meters;
import jakarta.inject.Singleton;
import java.util.Objects;

/** The host of source code. */
@Module
final class GitHubModule {
  private GitHubModule() {}

  @Provides
  @Singleton
  static GitHubSourceHost gitHub(Configuration configuration, InstantSource clock, Meters meters) {
    GitHubConfiguration github = configuration.github();
    GitHubConfiguration.App app = github.app();
    GitHubSettings.Login login =
        app == null
            ? new GitHubSettings.Token(Objects.requireNonNull(github.token()))
            : new GitHubSettings.App(app.id(), app.privateKeyFile());
    GitHubSourceHost host =
        new GitHubSourceHost(
            new GitHubSettings(github.api(), login, github.timeout(), github.collaboratorToken()),
            clock,
            (kind, status) ->
                meters.count(
                    "cite.github.requests",
                    "Requests to GitHub by operation and status",
                    "operation",
                    kind,
                    "status",
                    status == 0 ? "none" : Integer.toString(status)));
    meters.gauge(
        "cite.github.remaining",
        "Calls that are left of GitHub's rate limit in the running hour",
        () -> host.remainingCalls().map(Long::doubleValue).orElse(Double.NaN));
    return host;
  }

  @Provides
  static SourceHost source(GitHubSourceHost gitHub) {
    return gitHub;
  }
}
