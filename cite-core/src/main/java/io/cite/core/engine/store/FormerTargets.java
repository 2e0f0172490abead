package io.cite.core.engine.store;

import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.OutboxMessage;
import java.util.List;

/** Seals the URLs of notification targets that earlier versions stored as they are. */
public final class FormerTargets {
  private final Records records;
  private final NotificationUrls urls;

  /** Seals in these records. Only a leader may do this, with records of its term. */
  public FormerTargets(Records records, NotificationUrls urls) {
    this.records = records;
    this.urls = urls;
  }

  /**
   * Seals everything that is not sealed.
   *
   * @throws io.cite.core.engine.record.StaleRead if a record was changed at the same time, or the
   *     term is over; then some may have been sealed already
   */
  public void seal() {
    for (Versioned<ServiceRecord> service : records.list(Keys.SERVICES)) {
      ServiceSettings requested = service.value().settings();
      if (hasPlain(requested)) {
        records.write().replace(service, service.value().with(sealed(requested))).commitOrRetry();
      }
      records
          .get(Keys.service(requested.id()))
          .filter(settings -> hasPlain(settings.value()))
          .ifPresent(
              settings ->
                  records.write().replace(settings, sealed(settings.value())).commitOrRetry());
    }
    for (Versioned<OutboxMessage> message : records.list(Keys.OUTBOX)) {
      NotificationTarget.Sealed target = message.value().target();
      if (message.value().notice() != null && target != null && target.sealedUrl() == null) {
        ServiceId service = ServiceId.parse(message.value().notice().service());
        records
            .write()
            .replace(message, message.value().to(urls.sealFormer(service, target)))
            .commitOrRetry();
      }
    }
  }

  private static boolean hasPlain(ServiceSettings settings) {
    return settings.notifications().stream().anyMatch(target -> target.sealedUrl() == null);
  }

  private ServiceSettings sealed(ServiceSettings settings) {
    List<NotificationTarget.Sealed> targets =
        settings.notifications().stream()
            .map(target -> urls.sealFormer(settings.id(), target))
            .toList();
    return settings.withNotifications(targets);
  }
}
