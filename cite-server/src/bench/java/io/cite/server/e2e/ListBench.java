package io.cite.server.e2e;

import io.cite.adapters.etcd.EtcdConnection;
import io.cite.adapters.etcd.EtcdMetadataStore;
import io.cite.adapters.etcd.EtcdSettings;
import io.cite.core.contract.Servers;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Transaction;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What it costs to list the deployments of an environment, by how many it has: as a store does that
 * never listed them, and as one does that listed them before, one of them having been written since.
 */
class ListBench {
  private static final int ROUNDS = 300;
  private static final int BLOCK = 50;

  @Test
  void withEtcd() throws Exception {
    List<URI> endpoints =
        Stream.of(Servers.require("CITE_ETCD_ENDPOINTS").split(",")).map(URI::create).toList();
    String prefix = "/bench/" + UUID.randomUUID() + "/";
    try (EtcdRecords etcd = new EtcdRecords();
        EtcdConnection connection = new EtcdConnection(EtcdSettings.of(endpoints))) {
      try {
        MetadataStore listing = new EtcdMetadataStore(connection);
        int there = 0;
        for (int size : List.of(20, 20, 200, 1000)) {
          there = fill(listing, prefix, there, size);
          measure(connection, listing, prefix, size);
        }
      } finally {
        etcd.deleteBelow(prefix);
      }
    }
  }

  private static void measure(
      EtcdConnection connection, MetadataStore listing, String prefix, int size) throws Exception {
    List<Long> first = new ArrayList<>();
    List<Long> again = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      write(listing, prefix, round % size, round % size + 1);
      first.add(time(new EtcdMetadataStore(connection), prefix, size));
      again.add(time(listing, prefix, size));
    }
    Results.add("list %d with etcd, first time: %s".formatted(size, Results.times(first)));
    Results.add("list %d with etcd, again: %s".formatted(size, Results.times(again)));
  }

  private static long time(MetadataStore store, String prefix, int size) {
    long begin = System.nanoTime();
    int read = store.list(prefix).size();
    long end = System.nanoTime();
    if (read != size) {
      throw new IllegalStateException(read + " instead of " + size);
    }
    return end - begin;
  }

  private static int fill(MetadataStore store, String prefix, int from, int to) {
    for (int begin = from; begin < to; begin += BLOCK) {
      write(store, prefix, begin, Math.min(to, begin + BLOCK));
    }
    return to;
  }

  private static void write(MetadataStore store, String prefix, int from, int to) {
    List<Change> changes = new ArrayList<>();
    for (int seq = from; seq < to; seq++) {
      changes.add(new Change.Put(prefix + "%06d".formatted(seq), deployment(seq)));
    }
    store.commit(new Transaction(List.of(), changes));
  }

  /** As large, and as deep, as one that went all its way. */
  private static Map<String, Object> deployment(long seq) {
    Map<String, Object> step =
        Map.of(
            "at", "2026-11-23T16:26:35.070719542Z",
            "state", "ROLLING_OUT",
            "text", "1 of 1 pods ready");
    return Map.of(
        "environment", "bench/service/main",
        "seq", seq,
        "commit", "fa2c112ea42eebcbc51d5d06190c149022f93d22",
        "image", "registry.example.org/bench/service:fa2c112ea42eebcbc51d5d06190c149022f93d22",
        "state", "RETIRED",
        "rolledOut", false,
        "requestedBy", "bench",
        "timeline", Collections.nCopies(6, step),
        "requestedAt", "2026-11-23T16:26:35.070719542Z");
  }
}
