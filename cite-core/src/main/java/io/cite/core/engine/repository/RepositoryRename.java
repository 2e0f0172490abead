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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes over the new names of repositories, in one transaction with the audit entries. Several
 * repositories may have changed names in a chain or in a ring: then all of them move together.
 */
final class RepositoryRename {
  private final Records records;
  private final SecretSealer sealer;
  private final InstantSource clock;

  /** A repository that has another name now. */
  record Move(RepositoryName old, long id, RepositoryName now) {}

  RepositoryRename(Records records, SecretSealer sealer, InstantSource clock) {
    this.records = records;
    this.sealer = sealer;
    this.clock = clock;
  }

  /** The repository that CITE knows by a name, if it is another one than that with this number. */
  Optional<RepositoryRecord> other(RepositoryName name, long id) {
    return records
        .get(Keys.repository(name))
        .map(Versioned::value)
        .filter(found -> found.id() != id);
  }

  void takeOver(List<Move> moves) {
    Records.Write write = repositories(moves);
    for (Move move : moves) {
      for (Versioned<ServiceLink> link : records.list(Keys.linksOf(move.old()))) {
        if (link.value().repositoryId() == move.id()) {
          Records.Write one = service(link, move);
          if (!write.merge(one)) {
            // more services than a transaction takes: what is missing is found by the next check
            write.commitOrRetry();
            write = one;
          }
        }
      }
    }
    if (!write.isEmpty()) {
      write.commitOrRetry();
    }
  }

  private Records.Write service(Versioned<ServiceLink> link, Move move) {
    ServiceId id = link.value().service();
    Records.Write write = records.write();
    write.delete(link).create(Keys.link(move.now(), id), link.value());
    Optional<Versioned<ServiceSettings>> settings = records.get(Keys.service(id));
    settings.ifPresent(found -> write.replace(found, found.value().renamed(move.now())));
    Optional<Versioned<ServiceRecord>> record = records.get(Keys.serviceRecord(id));
    record.ifPresent(found -> write.replace(found, found.value().renamed(move.now())));
    return write.audit(
        new AuditEntry(
            clock.instant(),
            "github",
            AuditAction.REPOSITORY_RENAME,
            id.toString(),
            AuditEntry.Outcome.DONE,
            move.old() + " is " + move.now() + " now"));
  }

  private Records.Write repositories(List<Move> moves) {
    Records.Write write = records.write();
    List<Versioned<?>> left = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Move move : moves) {
      Optional<Versioned<RepositoryRecord>> known =
          records.get(Keys.repository(move.old())).filter(found -> found.value().id() == move.id());
      if (known.isPresent()) {
        left.add(known.get());
        repository(write, known.get().value(), move);
        taken.add(Keys.repository(move.now()).path());
      }
      Optional<Versioned<HookScan>> scan = records.get(Keys.hookCheck(move.old()));
      if (scan.isPresent()) {
        left.add(scan.get());
        write.put(Keys.hookCheck(move.now()), new HookScan(move.now(), scan.get().value().until()));
        taken.add(Keys.hookCheck(move.now()).path());
      }
    }
    left.stream().filter(old -> !taken.contains(old.key().path())).forEach(write::delete);
    return write;
  }

  private void repository(Records.Write write, RepositoryRecord known, Move move) {
    Optional<Versioned<RepositoryRecord>> there = records.get(Keys.repository(move.now()));
    if (there.isPresent() && there.get().value().id() == move.id()) {
      // a service was created under the new name meanwhile, with the hooks
      write.require(there.get());
      return;
    }
    String sealed =
        sealer.seal(
            sealer.open(known.sealedHookSecret(), SealingContext.hook(move.old())),
            SealingContext.hook(move.now()));
    HookId hook = known.hookId();
    RepositoryRecord now = new RepositoryRecord(move.now(), move.id(), sealed, hook);
    if (there.isPresent()) {
      write.replace(there.get(), now);
    } else {
      write.create(Keys.repository(move.now()), now);
    }
    if (hook != null) {
      write.put(Keys.hook(hook), new WebhookRecord(hook, move.now(), move.id(), sealed));
    }
  }
}
