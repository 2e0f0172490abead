package io.cite.core.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.memory.InMemoryMetadataStore;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoresTest {
  /** A store that writes down what it was asked. */
  private static final class Asked implements MetadataStore {
    private final MetadataStore memory = new InMemoryMetadataStore();
    private final List<Transaction> transactions = new ArrayList<>();

    @Override
    public Commit commit(Transaction transaction) {
      transactions.add(transaction);
      return memory.commit(transaction);
    }

    @Override
    public Optional<Entry> get(String key) {
      return memory.get(key);
    }

    @Override
    public List<Entry> list(String prefix) {
      return memory.list(prefix);
    }

    @Override
    public List<Entry> list(String prefix, @Nullable String after, int limit) {
      return memory.list(prefix, after, limit);
    }

    @Override
    public Subscription watch(String prefix, Consumer<Changed> listener) {
      return memory.watch(prefix, listener);
    }
  }

  @Test
  void asksWhetherTheStoreReadsAndWritesAndChangesNothing() {
    Asked store = new Asked();
    new Stores(store).requireAvailable();

    assertThat(store.transactions).hasSize(2);
    assertThat(store.transactions).filteredOn(t -> t.conditions().isEmpty()).isEmpty();
    assertThat(store.transactions.get(0).changes()).isEmpty();
    // etcd without space refuses this one, even though its condition does not hold
    assertThat(store.transactions.get(1).changes()).isNotEmpty();
    assertThat(store.memory.list("/")).isEmpty();
  }
}
