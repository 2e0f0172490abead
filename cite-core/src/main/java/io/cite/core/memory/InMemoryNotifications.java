package io.cite.core.memory;

import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.port.Notifications;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** {@link Notifications} that are kept instead of sent. Thread-safe. */
public final class InMemoryNotifications implements Notifications {

  /** A notice and where it went. */
  public record Sent(NotificationTarget target, Notice notice) {}

  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private volatile Function<NotificationTarget, Optional<? extends RuntimeException>> failures =
      target -> Optional.empty();

  @Override
  public void send(NotificationTarget target, Notice notice) {
    Optional<? extends RuntimeException> failure = failures.apply(target);
    if (failure.isPresent()) {
      throw failure.get();
    }
    sent.add(new Sent(target, notice));
  }

  /** What was sent, in order. */
  public List<Sent> sent() {
    return List.copyOf(sent);
  }

  /** Makes sending fail from now on wherever the function gives an exception. */
  public void failWith(Function<NotificationTarget, Optional<? extends RuntimeException>> choice) {
    failures = choice;
  }
}
