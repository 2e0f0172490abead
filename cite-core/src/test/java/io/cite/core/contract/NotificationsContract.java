package io.cite.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.error.Upstream;
import io.cite.core.port.Notifications;
import io.cite.core.port.Notifications.Notice;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all {@link Notifications} promise. */
public abstract class NotificationsContract {
  /** A notice. */
  protected static final Notice NOTICE =
      new Notice(
          "n-1",
          Notifications.Kind.BUILD_FAILED,
          "acme/hello",
          "feature/x",
          "0123456789abcdef0123456789abcdef01234567",
          "Build 7 failed",
          "step 1\nstep 2: exit 1",
          "https://cite.example.com/acme/hello",
          Instant.parse("2026-01-02T03:04:05Z"));

  /** What is tested. */
  protected abstract Notifications notifications();

  /** A target that takes notices. */
  protected abstract NotificationTarget target(NotificationTarget.Type type);

  /** A target that cannot be reached. */
  protected abstract NotificationTarget unreachable();

  /** How many notices have arrived at targets. */
  protected abstract int arrived();

  @ParameterizedTest
  @EnumSource
  void sendsANoticeOnce(NotificationTarget.Type type) {
    notifications().send(target(type), NOTICE);

    assertThat(arrived()).isEqualTo(1);
  }

  @Test
  void maySendAgainToATargetThatCannotBeReached() {
    assertThatThrownBy(() -> notifications().send(unreachable(), NOTICE))
        .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isTrue());

    assertThat(arrived()).isZero();
  }

  @Test
  void sendsToOthersWhenOneCannotBeReached() {
    assertThatThrownBy(() -> notifications().send(unreachable(), NOTICE))
        .isInstanceOf(Upstream.class);

    notifications().send(target(NotificationTarget.Type.WEBHOOK), NOTICE);

    assertThat(arrived()).isEqualTo(1);
  }
}
