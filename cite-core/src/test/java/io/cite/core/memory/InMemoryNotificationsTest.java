package io.cite.core.memory;

import io.cite.core.contract.NotificationsContract;
import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.error.Upstream;
import io.cite.core.port.Notifications;
import java.util.Optional;

class InMemoryNotificationsTest extends NotificationsContract {
  private final InMemoryNotifications notifications = new InMemoryNotifications();

  @Override
  protected Notifications notifications() {
    return notifications;
  }

  @Override
  protected NotificationTarget target(NotificationTarget.Type type) {
    return new NotificationTarget(type, "https://hooks.example.com/x");
  }

  @Override
  protected NotificationTarget unreachable() {
    NotificationTarget gone =
        new NotificationTarget(NotificationTarget.Type.WEBHOOK, "https://gone.invalid/");
    notifications.failWith(
        target ->
            target.equals(gone)
                ? Optional.of(Upstream.retryable("gone", "send", "nobody listens", null))
                : Optional.empty());
    return gone;
  }

  @Override
  protected int arrived() {
    return notifications.sent().size();
  }
}
