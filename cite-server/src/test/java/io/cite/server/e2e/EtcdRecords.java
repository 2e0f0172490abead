package io.cite.server.e2e;

import io.cite.core.contract.Servers;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What lies in etcd, read past CITE. */
final class EtcdRecords implements AutoCloseable {
  private static final long SECONDS = 10;

  private final Client client =
      Client.builder().endpoints(Servers.require("CITE_ETCD_ENDPOINTS").split(",")).build();

  /** The document at a key; null if there is none. */
  JsonNode at(String key) throws Exception {
    List<KeyValue> found =
        client.getKVClient().get(bytes(key)).get(SECONDS, TimeUnit.SECONDS).getKvs();
    return JsonMapper.shared().readTree(found.isEmpty() ? "null" : text(found.get(0).getValue()));
  }

  /** The keys of all records that speak of the word, in their key or in their value. */
  List<String> speakingOf(String word) throws Exception {
    return client
        .getKVClient()
        .get(bytes("/cite/"), GetOption.builder().isPrefix(true).build())
        .get(SECONDS, TimeUnit.SECONDS)
        .getKvs()
        .stream()
        .filter(kv -> (text(kv.getKey()) + text(kv.getValue())).contains(word))
        .map(kv -> text(kv.getKey()))
        .toList();
  }

  /** All documents as text, by their keys. */
  Map<String, String> all() throws Exception {
    Map<String, String> documents = new TreeMap<>();
    client
        .getKVClient()
        .get(bytes("/cite/"), GetOption.builder().isPrefix(true).build())
        .get(SECONDS, TimeUnit.SECONDS)
        .getKvs()
        .forEach(kv -> documents.put(text(kv.getKey()), text(kv.getValue())));
    return documents;
  }

  /** Replaces all documents by these. */
  void replaceAll(Map<String, String> documents) throws Exception {
    deleteBelow("/cite/");
    for (Map.Entry<String, String> document : documents.entrySet()) {
      client
          .getKVClient()
          .put(bytes(document.getKey()), bytes(document.getValue()))
          .get(SECONDS, TimeUnit.SECONDS);
    }
  }

  void delete(String key) throws Exception {
    client.getKVClient().delete(bytes(key)).get(SECONDS, TimeUnit.SECONDS);
  }

  void deleteBelow(String prefix) throws Exception {
    client
        .getKVClient()
        .delete(bytes(prefix), DeleteOption.builder().isPrefix(true).build())
        .get(SECONDS, TimeUnit.SECONDS);
  }

  private static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  private static String text(ByteSequence bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
  }
}
