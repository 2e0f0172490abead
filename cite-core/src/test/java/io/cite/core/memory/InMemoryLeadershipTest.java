package io.cite.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.contract.ElectionContract;
import io.cite.core.port.Leadership;
import io.cite.core.port.MetadataStore;
import org.junit.jupiter.api.Test;

class InMemoryLeadershipTest extends ElectionContract {
  private final InMemoryMetadataStore store = new InMemoryMetadataStore();

  @Override
  protected Leadership candidate(String name) {
    return new InMemoryLeadership(store, name);
  }

  @Override
  protected MetadataStore store() {
    return store;
  }

  @Override
  protected String prefix() {
    return "/cite/";
  }

  @Test
  void leadsAgainByItselfAfterItWasDeposedAlone() {
    Listening alone = campaign("alone");
    ((InMemoryLeadership) alone.candidate()).depose();

    assertThat(alone.leads()).isTrue();
    assertThat(alone.terms()).isEqualTo(2);
  }

  @Test
  void letsTheOtherLeadAfterItWasDeposed() {
    Listening first = campaign("first");
    Listening second = campaign("second");
    ((InMemoryLeadership) first.candidate()).depose();

    assertThat(first.leads()).isFalse();
    assertThat(second.leads()).isTrue();
  }
}
