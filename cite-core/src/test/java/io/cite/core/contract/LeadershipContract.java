package io.cite.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.port.Leadership;
import io.cite.core.port.Leadership.Term;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Commit;
import io.cite.core.port.MetadataStore.Condition;
import io.cite.core.port.MetadataStore.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every leadership promises to a candidate; {@link ElectionContract} adds the others. */
public abstract class LeadershipContract {
  private final List<Leadership> candidates = new ArrayList<>();

  /** A new candidate in the one election of the test. */
  protected abstract Leadership candidate(String name);

  /** The store that the fences are about; the same one throughout a test. */
  protected abstract MetadataStore store();

  /** Under which all other keys of the test lie; ends with a slash. */
  protected abstract String prefix();

  @AfterEach
  protected final void closeCandidates() {
    candidates.forEach(Leadership::close);
  }

  @Test
  void electsTheOnlyCandidate() {
    Listening listening = campaign("first");

    listening.awaitLeading();
    assertThat(listening.term().leader()).isEqualTo("first");
    assertThat(writes(listening.term())).isTrue();
  }

  @Test
  void deposesWhoCloses() {
    Listening listening = campaign("first");
    listening.awaitLeading();
    Term term = listening.term();

    listening.candidate.close();

    Awaitility.await().until(() -> !listening.leads());
    Awaitility.await().until(() -> !writes(term));
    listening.candidate.close();
    assertThat(listening.notified).hasSize(2);
  }

  @Test
  void beginsANewTermWithANewFence() {
    Listening first = campaign("first");
    first.awaitLeading();
    first.candidate.close();
    Listening again = campaign("first");
    again.awaitLeading();

    assertThat(again.term().fence().createRevision())
        .isGreaterThan(first.term().fence().createRevision());
    assertThat(writes(first.term())).isFalse();
    assertThat(writes(again.term())).isTrue();
  }

  @Test
  void campaignsOnlyOnce() {
    Listening listening = campaign("first");

    assertThatThrownBy(() -> listening.candidate.campaign(listening))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closesWithoutACampaign() {
    Leadership idle = register("idle");

    idle.close();
    assertThat(candidates).containsExactly(idle);
  }

  /** A candidate that takes part, and what it is notified of. */
  protected final Listening campaign(String name) {
    Leadership candidate = register(name);
    Listening listening = new Listening(candidate);
    candidate.campaign(listening);
    return listening;
  }

  private Leadership register(String name) {
    Leadership candidate = candidate(name);
    candidates.add(candidate);
    return candidate;
  }

  /** Whether a transaction that carries the term's fence is committed. */
  protected final boolean writes(Term term) {
    Condition fence = term.fence();
    Change write = new Change.Put(prefix() + "work", Map.of("leader", term.leader()));
    return store().commit(new Transaction(List.of(fence), List.of(write)))
        instanceof Commit.Committed;
  }

  /** Remembers the terms of a candidate, and complains when they do not alternate. */
  protected static final class Listening implements Leadership.Listener {
    final Leadership candidate;
    final List<String> notified = new CopyOnWriteArrayList<>();
    final List<Term> terms = new CopyOnWriteArrayList<>();

    Listening(Leadership candidate) {
      this.candidate = candidate;
    }

    @Override
    public void elected(Term term) {
      terms.add(term);
      notified.add("elected");
    }

    @Override
    public void deposed() {
      notified.add("deposed");
    }

    /** Whether this candidate believes that it leads. */
    public boolean leads() {
      for (int i = 0; i < notified.size(); i++) {
        assertThat(notified.get(i)).isEqualTo(i % 2 == 0 ? "elected" : "deposed");
      }
      return notified.size() % 2 == 1;
    }

    /** The newest term. */
    public Term term() {
      return terms.get(terms.size() - 1);
    }

    /** Its own candidate. */
    public Leadership candidate() {
      return candidate;
    }

    /** How many terms there were so far. */
    public int terms() {
      return terms.size();
    }

    /** Waits until it leads. */
    public void awaitLeading() {
      Awaitility.await().atMost(java.time.Duration.ofSeconds(20)).until(this::leads);
    }
  }
}
