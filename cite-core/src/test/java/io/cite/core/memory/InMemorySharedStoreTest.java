package io.cite.core.memory;

import io.cite.core.contract.SharedStoreContract;
import io.cite.core.port.MetadataStore;

class InMemorySharedStoreTest extends SharedStoreContract {
  private final MetadataStore store = new InMemoryMetadataStore();

  @Override
  protected MetadataStore store() {
    return store;
  }

  @Override
  protected String prefix() {
    return "/cite/";
  }
}
