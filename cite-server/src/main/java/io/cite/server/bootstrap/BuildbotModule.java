package io.cite.server.bootstrap;

import dagger.Module;
import dagger.Provides;
import io.cite.core.domain.service.Secret;
import io.cite.core.port.Builder;
import io.cite.server.adapter.buildbot.BuildbotBuilder;
import io.cite.server.adapter.buildbot.BuildbotSettings;
import io.cite.server.config.BuildbotConfiguration;
import io.cite.server.config.Configuration;
import jakarta.inject.Singleton;

/** What makes images. */
@Module
final class BuildbotModule {
  private BuildbotModule() {}

  @Provides
  @Singleton
  static BuildbotBuilder buildbot(Configuration configuration) {
    BuildbotConfiguration buildbot = configuration.buildbot();
    Secret password = buildbot.password();
    return new BuildbotBuilder(
        new BuildbotSettings(
            buildbot.hook(),
            buildbot.secret(),
            buildbot.url(),
            buildbot.timeout(),
            password == null ? null : new BuildbotSettings.Login(buildbot.user(), password)));
  }

  @Provides
  static Builder builder(BuildbotBuilder buildbot) {
    return buildbot;
  }
}
