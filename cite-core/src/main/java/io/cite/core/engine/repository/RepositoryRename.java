package io.cite.core.engine.repository;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.HookScan;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.RepositoryRecord;
import io.cite.core.engine.record.schema.SealingContext;
import io.cite.core.engine.record.schema.ServiceLink;
import io.cite.core.engine.record.schema.WebhookRecord;
import io.cite.core.port.InstantSource;
import io.cite.core.port.SecretSealer;
import java.util.Optional;

/** Takes over the new name of a repository, in one transaction with its audit entries. */
final class RepositoryRename {
  private final Records records;
  private final SecretSealer sealer;
  private final InstantSource clock;

  RepositoryRename(Records records, SecretSealer sealer, InstantSource clock) {
    this.records = records;
    this.sealer = sealer;
    this.clock = clock;
  }

  void takeOver(RepositoryName old, long id, RepositoryName now) {
    Records.Write write = records.write();
    for (Versioned<ServiceLink> link : records.list(Keys.linksOf(old))) {
      if (link.value().repositoryId() == id) {
        service(write, link, old, now);
      }
    }
    repository(write, old, id, now);
    if (!write.isEmpty()) {
      write.commitOrRetry();
    }
  }

  private void service(
      Records.Write write, Versioned<ServiceLink> link, RepositoryName old, RepositoryName now) {
    ServiceId id = link.value().service();
    write.delete(link).create(Keys.link(now, id), link.value());
    Optional<Versioned<ServiceSettings>> settings = records.get(Keys.service(id));
    settings.ifPresent(found -> write.replace(found, found.value().renamed(now)));
    Optional<Versioned<ServiceRecord>> record = records.get(Keys.serviceRecord(id));
    record.ifPresent(found -> write.replace(found, found.value().renamed(now)));
    write.audit(
        new AuditEntry(
            clock.instant(),
            "github",
            AuditAction.REPOSITORY_RENAME,
            id.toString(),
            AuditEntry.Outcome.DONE,
            old + " is " + now + " now"));
  }

  private void repository(Records.Write write, RepositoryName old, long id, RepositoryName now) {
    Optional<Versioned<RepositoryRecord>> known =
        records.get(Keys.repository(old)).filter(found -> found.value().id() == id);
    if (known.isEmpty()) {
      return;
    }
    write.delete(known.get());
    Optional<Versioned<RepositoryRecord>> taken = records.get(Keys.repository(now));
    HookId hook = known.get().value().hookId();
    if (taken.isPresent() && taken.get().value().id() == id) {
      // a service was created under the new name meanwhile, with the hooks
      write.require(taken.get());
    } else {
      String sealed =
          sealer.seal(
              sealer.open(known.get().value().sealedHookSecret(), SealingContext.hook(old)),
              SealingContext.hook(now));
      taken.ifPresent(write::delete);
      write.put(Keys.repository(now), new RepositoryRecord(now, id, sealed, hook));
      if (hook != null) {
        write.put(Keys.hook(hook), new WebhookRecord(hook, now, id, sealed));
      }
    }
    Optional<Versioned<HookScan>> scan = records.get(Keys.hookCheck(old));
    if (scan.isPresent()) {
      write
          .delete(scan.get())
          .put(Keys.hookCheck(now), new HookScan(now, scan.get().value().until()));
    }
  }
}
