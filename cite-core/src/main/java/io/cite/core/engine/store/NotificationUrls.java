package io.cite.core.engine.store;

import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.engine.record.schema.SealingContext;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.SecretSealer;
import java.util.List;
import java.util.Optional;

/** Seals the URLs of notification targets, because whoever knows one can write to it. */
public final class NotificationUrls {
  private final SecretSealer sealer;

  /** Seals with this sealer. */
  public NotificationUrls(SecretSealer sealer) {
    this.sealer = sealer;
  }

  /**
   * The targets as they are stored.
   *
   * @param present what is stored of the service now; a target that is there is not sealed again
   */
  public List<NotificationTarget.Sealed> seal(
      ServiceId service,
      List<NotificationTarget> targets,
      List<NotificationTarget.Sealed> present) {
    return targets.stream().map(target -> seal(service, target, present)).toList();
  }

  private NotificationTarget.Sealed seal(
      ServiceId service, NotificationTarget target, List<NotificationTarget.Sealed> present) {
    return present.stream()
        .filter(stored -> stored.sealedUrl() != null)
        .filter(stored -> find(service, stored).filter(target::equals).isPresent())
        .findFirst()
        .orElseGet(() -> seal(service, target));
  }

  private NotificationTarget.Sealed seal(ServiceId service, NotificationTarget target) {
    return sealed(service, target.type(), target.url(), target.shown());
  }

  /** The target as it is stored now, if an earlier version stored it. */
  NotificationTarget.Sealed sealFormer(ServiceId service, NotificationTarget.Sealed stored) {
    return stored.sealedUrl() == null
        ? sealed(service, stored.type(), stored.url(), stored.shown())
        : stored;
  }

  private NotificationTarget.Sealed sealed(
      ServiceId service, NotificationTarget.Type type, String url, String shown) {
    String sealed = sealer.seal(Secret.of(url), SealingContext.notification(service));
    return new NotificationTarget.Sealed(type, shown, sealed);
  }

  /**
   * The target with its URL.
   *
   * @throws InvalidInput if the URL cannot be opened, because the key is not known any more
   */
  public NotificationTarget open(ServiceId service, NotificationTarget.Sealed stored) {
    String url =
        stored.sealedUrl() == null
            ? stored.url()
            : sealer.open(stored.sealedUrl(), SealingContext.notification(service)).reveal();
    return new NotificationTarget(stored.type(), url);
  }

  private Optional<NotificationTarget> find(ServiceId service, NotificationTarget.Sealed stored) {
    try {
      return Optional.of(open(service, stored));
    } catch (InvalidInput e) {
      return Optional.empty();
    }
  }
}
