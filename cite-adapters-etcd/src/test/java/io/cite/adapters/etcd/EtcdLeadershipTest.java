package io.cite.adapters.etcd;

import io.cite.core.contract.ElectionContract;
import io.cite.core.port.Leadership;
import io.cite.core.port.MetadataStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class EtcdLeadershipTest extends ElectionContract {
  private TestEtcd etcd;

  @BeforeEach
  void connect() {
    etcd = new TestEtcd();
  }

  @AfterEach
  void cleanUp() {
    if (etcd != null) {
      closeCandidates();
      etcd.close();
    }
  }

  @Override
  protected Leadership candidate(String name) {
    return new EtcdLeadership(etcd.connection(), name, etcd.leaderKey());
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
