package io.cite.core.memory;

import io.cite.core.contract.MetadataStoreContract;
import io.cite.core.port.MetadataStore;

class InMemoryMetadataStoreTest extends MetadataStoreContract {
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
