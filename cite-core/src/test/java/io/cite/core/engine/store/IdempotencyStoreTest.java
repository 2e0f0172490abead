package io.cite.core.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.engine.store.IdempotencyStore.Answer;
import io.cite.core.engine.store.IdempotencyStore.Claim;
import io.cite.core.memory.InMemoryMetadataStore;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Transaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdempotencyStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final Answer ANSWER = new Answer(202, "{}", "/orders/1", null);

  private final InMemoryMetadataStore metadata = new InMemoryMetadataStore();
  private final IdempotencyStore store = new Stores(metadata).idempotency();

  @Test
  void grantsAKeyOnceAndAnswersWithTheFirstAnswer() {
    assertThat(store.claim("k", "a", NOW)).isEqualTo(new Claim.Granted());
    assertThat(store.claim("k", "a", NOW)).isEqualTo(new Claim.InProgress());
    store.answer("k", "a", ANSWER, NOW);
    assertThat(store.claim("k", "a", NOW)).isEqualTo(new Claim.Answered(ANSWER));
    assertThat(store.claim("k", "b", NOW)).isEqualTo(new Claim.OtherRequest());
  }

  @Test
  void grantsAKeyThatWasReleased() {
    store.claim("k", "a", NOW);
    store.release("k");
    assertThat(store.claim("k", "b", NOW)).isEqualTo(new Claim.Granted());
  }

  @Test
  void grantsAKeyWhoseRequestNobodyAnsweredForAMinute() {
    store.claim("k", "a", NOW);
    assertThat(store.claim("k", "a", NOW.plusSeconds(60))).isEqualTo(new Claim.InProgress());
    assertThat(store.claim("k", "a", NOW.plusSeconds(61))).isEqualTo(new Claim.Granted());
  }

  @Test
  void removesAnswersAfterADay() {
    for (int key = 0; key < 250; key++) {
      store.claim("old" + key, "a", NOW);
      store.answer("old" + key, "a", ANSWER, NOW);
    }
    Instant later = NOW.plus(IdempotencyStore.RETENTION).plusSeconds(1);
    store.claim("new", "a", later);

    assertThat(store.removeOld(later.minusSeconds(1))).isZero();
    assertThat(store.removeOld(later)).isEqualTo(250);
    assertThat(metadata.list("/cite/.idempotency/")).hasSize(1);
  }

  @Test
  void readsAnswersThatEarlierVersionsStored() {
    Map<String, Object> document = new HashMap<>();
    document.put("v", 1L);
    document.put("request", "a");
    document.put("at", NOW.getEpochSecond());
    document.put("status", 202L);
    document.put("body", "{}");
    document.put("Location", "/orders/1");
    metadata.commit(
        new Transaction(List.of(), List.of(new Change.Put("/cite/.idempotency/k", document))));

    assertThat(store.claim("k", "a", NOW)).isEqualTo(new Claim.Answered(ANSWER));
  }
}
