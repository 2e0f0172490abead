package io.cite.adapters.etcd;

import io.cite.core.contract.MetadataStoreContract;
import io.cite.core.port.MetadataStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class EtcdMetadataStoreTest extends MetadataStoreContract {
  private TestEtcd etcd;

  @BeforeEach
  void connect() {
    etcd = new TestEtcd();
  }

  @AfterEach
  void cleanUp() {
    if (etcd != null) {
      etcd.close();
    }
  }

  @Override
  protected MetadataStore store() {
    return etcd.store();
  }

  @Override
  protected String prefix() {
    return etcd.prefix();
  }
}
