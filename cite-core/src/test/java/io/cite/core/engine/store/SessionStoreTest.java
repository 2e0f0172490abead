package io.cite.core.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.engine.store.SessionStore.Person;
import io.cite.core.memory.InMemoryMetadataStore;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final Person KIM = new Person.User(1, "kim");

  private final InMemoryMetadataStore metadata = new InMemoryMetadataStore();
  private final SessionStore store = new Stores(metadata).sessions();

  @Test
  void anotherProcessKnowsASession() {
    Person token = new Person.TokenHolder("ci", "ab12");
    store.begin("a", "1", KIM, NOW);
    store.begin("b", "2", token, NOW);
    SessionStore other = new Stores(metadata).sessions();
    assertThat(other.use("a", "1", NOW)).hasValue(new SessionStore.Open(KIM, NOW));
    assertThat(other.use("b", "2", NOW)).hasValue(new SessionStore.Open(token, NOW));
    assertThat(other.use("a", "2", NOW)).isEmpty();
  }

  @Test
  void endsWhatIsNotUsed() {
    store.begin("a", "1", KIM, NOW);
    Instant almost = NOW.plus(SessionStore.IDLE).minusSeconds(1);
    assertThat(store.use("a", "1", almost)).isPresent();
    Instant later = almost.plus(SessionStore.IDLE).minusSeconds(1);
    assertThat(store.use("a", "1", later)).isPresent();
    assertThat(store.use("a", "1", later.plus(SessionStore.IDLE))).isEmpty();
  }

  @Test
  void endsWhatIsUsedAfterItsLongestTime() {
    store.begin("a", "1", KIM, NOW);
    Duration step = Duration.ofHours(11);
    Instant end = NOW.plus(SessionStore.LONGEST);
    for (Instant at = NOW; at.isBefore(end); at = at.plus(step)) {
      assertThat(store.use("a", "1", at)).as("%s", at).isPresent();
    }
    assertThat(store.use("a", "1", end)).isEmpty();
  }

  @Test
  void endsOneSessionOrAllOfAPerson() {
    store.begin("a", "1", KIM, NOW);
    store.begin("a", "2", KIM, NOW);
    store.begin("a", "3", KIM, NOW);
    store.begin("b", "1", new Person.User(2, "lee"), NOW);
    store.end("a", "1");
    assertThat(store.use("a", "1", NOW)).isEmpty();
    assertThat(store.use("a", "2", NOW)).isPresent();
    store.endAll("a");
    assertThat(store.use("a", "2", NOW)).isEmpty();
    assertThat(store.use("a", "3", NOW)).isEmpty();
    assertThat(store.use("b", "1", NOW)).isPresent();
  }

  @Test
  void beginsASessionOnce() {
    assertThat(store.begin("a", "1", KIM, NOW)).isTrue();
    assertThat(store.begin("a", "1", KIM, NOW)).isFalse();
    store.end("a", "1");
    assertThat(store.begin("a", "1", KIM, NOW)).isFalse();
    assertThat(store.use("a", "1", NOW)).isEmpty();
  }

  @Test
  void forgetsWhatIsOver() {
    store.begin("a", "1", KIM, NOW);
    store.begin("a", "2", KIM, NOW);
    store.end("a", "2");
    store.begin("a", "3", KIM, NOW.plus(SessionStore.LONGEST));
    assertThat(metadata.list("/cite/.sessions/")).hasSize(1);
  }
}
