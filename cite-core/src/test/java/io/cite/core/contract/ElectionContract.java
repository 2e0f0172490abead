package io.cite.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.port.Leadership.Term;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Transaction;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a leadership of several candidates promises on top. */
public abstract class ElectionContract extends LeadershipContract {

  @Test
  void electsOnlyOneOfSeveral() {
    List<Listening> all = List.of(campaign("a"), campaign("b"), campaign("c"));

    Awaitility.await().until(() -> leaders(all) == 1);
    Awaitility.await()
        .during(java.time.Duration.ofMillis(300))
        .until(() -> leaders(all) == 1 && all.stream().mapToInt(Listening::terms).sum() == 1);
  }

  @Test
  void electsAnotherAtOnceWhenTheLeaderCloses() {
    Listening first = campaign("first");
    first.awaitLeading();
    Listening second = campaign("second");
    Term old = first.term();

    first.candidate().close();

    Awaitility.await().atMost(java.time.Duration.ofSeconds(3)).until(second::leads);
    assertThat(first.leads()).isFalse();
    assertThat(writes(old)).isFalse();
    assertThat(writes(second.term())).isTrue();
    assertThat(second.term().fence().createRevision()).isGreaterThan(old.fence().createRevision());
  }

  @Test
  void passesOverACandidateThatClosedWhileItWaited() {
    Listening first = campaign("first");
    first.awaitLeading();
    Listening second = campaign("second");
    Listening third = campaign("third");

    second.candidate().close();
    first.candidate().close();

    third.awaitLeading();
    assertThat(second.terms()).isZero();
  }

  @Test
  void deposesALeaderWhoseKeyIsGoneAndElectsAnew() {
    Listening first = campaign("first");
    first.awaitLeading();
    Listening second = campaign("second");
    Term old = first.term();

    store()
        .commit(
            new Transaction(List.of(old.fence()), List.of(new Change.Delete(old.fence().key()))));

    Awaitility.await().until(() -> first.terms() + second.terms() == 2);
    Awaitility.await().until(() -> leaders(List.of(first, second)) == 1);
    assertThat(writes(old)).isFalse();
    assertThat(writes(first.leads() ? first.term() : second.term())).isTrue();
  }

  private static long leaders(List<Listening> all) {
    return all.stream().filter(Listening::leads).count();
  }
}
