package io.cite.adapters.etcd;

import io.cite.core.contract.Servers;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Entry;
import io.cite.core.port.MetadataStore.Transaction;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** A corner of the real etcd for one test, which is empty again when it is closed. */
final class TestEtcd implements AutoCloseable {
  private final String prefix = "/cite/.test/" + UUID.randomUUID() + "/";
  private final EtcdConnection connection;
  private final MetadataStore store;

  TestEtcd() {
    connection = new EtcdConnection(settings());
    store = new EtcdMetadataStore(connection);
  }

  static EtcdSettings settings() {
    return EtcdSettings.of(endpoints(Servers.require("CITE_ETCD_ENDPOINTS")))
        .withCallTimeout(Duration.ofSeconds(10))
        .withLeaseTtl(Duration.ofSeconds(3));
  }

  static List<URI> endpoints(String commaSeparated) {
    return Arrays.stream(commaSeparated.split(",")).map(String::strip).map(URI::create).toList();
  }

  String prefix() {
    return prefix;
  }

  String leaderKey() {
    return prefix + ".leader";
  }

  EtcdConnection connection() {
    return connection;
  }

  MetadataStore store() {
    return store;
  }

  private List<Entry> page() {
    return store.list(prefix, null, 100);
  }

  @Override
  public void close() {
    for (List<Entry> some = page(); !some.isEmpty(); some = page()) {
      List<Change> deletions = new ArrayList<>();
      some.forEach(entry -> deletions.add(new Change.Delete(entry.key())));
      store.commit(new Transaction(List.of(), deletions));
    }
    connection.close();
  }
}
