package io.cite.core.engine.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.OutboxMessage;
import io.cite.core.memory.InMemoryMetadataStore;
import io.cite.core.port.Notifications.Kind;
import io.cite.core.port.Notifications.Notice;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutboxQuotaTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private final Records records = new Records(new InMemoryMetadataStore());
  private final AtomicLong dropped = new AtomicLong();

  private void notice(String service, String target, int number) {
    String id = service.replace('/', '.') + "." + target + "." + number;
    Instant at = AT.plusSeconds(number);
    Notice notice = new Notice(id, Kind.BUILD_FAILED, service, "main", "c", "title", "", "url", at);
    put(
        new OutboxMessage(
            id,
            notice,
            new NotificationTarget.Sealed(
                NotificationTarget.Type.WEBHOOK, "https://" + target + ".invalid", "sealed"),
            null,
            null,
            0,
            at,
            null));
  }

  private void put(OutboxMessage item) {
    records.write().put(Keys.outboxMessage(item.id()), item).commit();
  }

  private List<String> left() {
    return records.list(Keys.OUTBOX).stream().map(item -> item.value().id()).toList();
  }

  @Test
  void keepsTheNewestOfEachTarget() {
    for (int i = 0; i < OutboxQuota.PER_TARGET + 5; i++) {
      notice("acme/hello", "dead", i);
    }
    notice("acme/hello", "alive", 0);
    new OutboxQuota(records, dropped).enforce();

    assertThat(left())
        .hasSize(OutboxQuota.PER_TARGET + 1)
        .contains("acme.hello.alive.0", "acme.hello.dead.5", "acme.hello.dead.1004")
        .doesNotContain("acme.hello.dead.0", "acme.hello.dead.4");
    assertThat(dropped).hasValue(5);
  }

  @Test
  void keepsTheNewestOfAllAndDropsStatusesLast() {
    for (int service = 0; service < 11; service++) {
      for (int i = 0; i < 910; i++) {
        notice("acme/s" + service, "t", i);
      }
    }
    put(
        new OutboxMessage(
            "status",
            null,
            null,
            new OutboxMessage.StatusReport(
                RepositoryName.parse("acme/hello"),
                CommitId.parse("0123456789abcdef0123456789abcdef01234567"),
                CommitStatus.State.ERROR,
                "context",
                "given up",
                null),
            null,
            0,
            AT.minusSeconds(1),
            null));
    new OutboxQuota(records, dropped).enforce();

    assertThat(left()).hasSize(OutboxQuota.IN_ALL).contains("status", "acme.s0.t.909");
    assertThat(left()).doesNotContain("acme.s0.t.0", "acme.s10.t.0");
    assertThat(dropped).hasValue(11);
  }

  @Test
  void leavesAShortOutboxAlone() {
    notice("acme/hello", "t", 1);
    new OutboxQuota(records, dropped).enforce();

    assertThat(left()).hasSize(1);
    assertThat(dropped).hasValue(0);
  }
}
