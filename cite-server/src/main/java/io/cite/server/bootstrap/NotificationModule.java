package io.cite.server.bootstrap;

import dagger.Module;
import dagger.Provides;
import io.cite.core.port.Notifications;
import io.cite.server.adapter.notify.HttpNotifications;
import io.cite.server.adapter.notify.NotificationSettings;
import io.cite.server.config.Configuration;
import jakarta.inject.Singleton;

/** How notices reach people. */
@Module
final class NotificationModule {
  private NotificationModule() {}

  @Provides
  @Singleton
  static Notifications notifications(Configuration configuration, Resources resources) {
    return resources.add(
        new HttpNotifications(
            new NotificationSettings(
                configuration.notifications().privateTargets(),
                configuration.notifications().timeout())));
  }
}
