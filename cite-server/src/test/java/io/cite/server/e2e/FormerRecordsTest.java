package io.cite.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.source.Delivery;
import io.cite.core.engine.record.FormerKeys;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.BranchHead;
import io.cite.core.engine.record.schema.CommitCheck;
import io.cite.core.engine.record.schema.Key;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.LeaderHeartbeat;
import io.cite.core.engine.record.schema.NameReservation;
import io.cite.core.engine.record.schema.NamespaceReservation;
import io.cite.core.engine.record.schema.OutboxMessage;
import io.cite.core.engine.record.schema.RepositoryRecord;
import io.cite.core.engine.record.schema.ServiceLink;
import io.cite.core.engine.record.schema.SharedCleanup;
import io.cite.core.engine.record.schema.WebhookRecord;
import io.cite.core.memory.InMemoryMetadataStore;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Each record that version 0.1 left in etcd is read, with everything that is in it. */
class FormerRecordsTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_LONG_FOR_INTS).build();
  private static final Map<String, Key<?>> AREAS =
      Map.ofEntries(
          Map.entry(".services", Keys.SERVICES),
          Map.entry(".environments", Keys.ENVIRONMENTS),
          Map.entry(".builds", Keys.BUILDS),
          Map.entry(".deployments", Keys.DEPLOYMENTS),
          Map.entry(".deliveries", Keys.DELIVERIES),
          Map.entry(".looks", Keys.CHECKS),
          Map.entry(".outbox", Keys.OUTBOX),
          Map.entry(".hooks", Keys.HOOKS),
          Map.entry(".repositories", Keys.REPOSITORIES),
          Map.entry(".heads", Keys.HEADS),
          Map.entry(".links", Keys.LINKS),
          Map.entry(".namespaces", Keys.NAMESPACES),
          Map.entry(".names", Keys.NAMES),
          Map.entry(".leaving", Keys.LEAVING),
          Map.entry(".heartbeat", Keys.heartbeat()));

  /** What that version said in a sentence or not at all. */
  private static final Set<String> NEW_FIELDS =
      Set.of(
          "undone",
          "branchDeleted",
          "runsSeen",
          "formerNames",
          "removedSecrets",
          "released",
          "secretVersions",
          "commits");

  private final Map<String, Map<String, Object>> documents = new TreeMap<>();
  private final MetadataStore store = new InMemoryMetadataStore();
  private final Records records = new Records(store);

  @BeforeEach
  void load(@TempDir Path folder) throws IOException {
    FormerVersion.unpacked("etcd", folder)
        .etcd()
        .forEach(
            (key, text) -> {
              Map<String, Object> document = JSON.readValue(text, new TypeReference<>() {});
              // the version of the form and the writer, which belong to etcd
              document.remove("v");
              document.remove("w");
              documents.put(key, document);
              store.commit(
                  new MetadataStore.Transaction(List.of(), List.of(new Change.Put(key, document))));
            });
  }

  @Test
  void readsAndWritesWhatIsThere() {
    Map<Class<?>, Integer> read = new LinkedHashMap<>();
    documents.forEach(
        (path, document) -> {
          Key<?> key = key(path);
          read.merge(key.type(), 1, Integer::sum);
          assertThat(written(key)).as(path).isEqualTo(withNewFields(document, written(key)));
        });

    assertThat(read)
        .containsOnly(
            Map.entry(ServiceSettings.class, 2),
            Map.entry(EnvironmentSettings.class, 3),
            Map.entry(ServiceRecord.class, 4),
            Map.entry(EnvironmentState.class, 3),
            Map.entry(Build.class, 10),
            Map.entry(Deployment.class, 10),
            Map.entry(Delivery.class, 52),
            Map.entry(CommitCheck.class, 1),
            Map.entry(OutboxMessage.class, 2),
            Map.entry(WebhookRecord.class, 3),
            Map.entry(RepositoryRecord.class, 4),
            Map.entry(BranchHead.class, 3),
            Map.entry(ServiceLink.class, 4),
            Map.entry(NamespaceReservation.class, 1),
            Map.entry(NameReservation.class, 4),
            Map.entry(SharedCleanup.class, 1),
            Map.entry(LeaderHeartbeat.class, 1));
  }

  @Test
  void movesTheCheckThatIsPending() {
    String former =
        documents.keySet().stream().filter(key -> key.contains(".looks")).findFirst().orElseThrow();

    FormerKeys.move(records);

    assertThat(store.list("/cite/.looks/")).isEmpty();
    assertThat(store.list("/cite/.checks/"))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.key()).isEqualTo(former.replace(".looks", ".checks"));
              assertThat(entry.document()).isEqualTo(documents.get(former));
            });
  }

  private static Key<?> key(String path) {
    String[] parts = path.split("/");
    if (parts[2].startsWith(".")) {
      return new Key<>(path, AREAS.get(parts[2]).type());
    }
    return parts.length == 4
        ? new Key<>(path, ServiceSettings.class)
        : new Key<>(path, EnvironmentSettings.class);
  }

  /** The document of the record that is read from there. */
  private <T extends Record> Map<String, Object> written(Key<T> key) {
    Versioned<T> read = records.get(key).orElseThrow();
    MetadataStore empty = new InMemoryMetadataStore();
    assertThat(new Records(empty).write().create(key, read.value()).commit()).isTrue();
    return empty.get(key.path()).map(Entry::document).orElseThrow();
  }

  /** The document with what is new, as it is written now. */
  private static Object withNewFields(Object document, Object written) {
    if (document instanceof Map<?, ?> map && written instanceof Map<?, ?> now) {
      Map<Object, Object> all = new LinkedHashMap<>();
      map.forEach((name, value) -> all.put(name, withNewFields(value, now.get(name))));
      Set<Object> added = new TreeSet<>(now.keySet());
      added.retainAll(NEW_FIELDS);
      added.forEach(name -> all.putIfAbsent(name, now.get(name)));
      return all;
    }
    if (document instanceof List<?> list
        && written instanceof List<?> now
        && list.size() == now.size()) {
      List<Object> all = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        all.add(withNewFields(list.get(i), now.get(i)));
      }
      return all;
    }
    return document;
  }
}
