package io.cite.server.e2e;

import io.cite.adapters.etcd.EtcdConnection;
import io.cite.adapters.etcd.EtcdMetadataStore;
import io.cite.adapters.etcd.EtcdSettings;
import io.cite.core.contract.Servers;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.Disposition;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.engine.record.OpenMarks;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.store.DeliveryHistory;
import io.cite.core.engine.store.Stores;
import io.cite.core.memory.InMemoryBuilder;
import io.cite.core.memory.InMemorySourceHost;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Transaction;
import io.cite.core.usecase.operate.Explain;
import io.cite.core.usecase.operate.FindCommit;
import io.cite.core.usecase.operate.ReadCatalogue;
import io.cite.server.adapter.jdbi.Database;
import io.cite.server.adapter.jdbi.Databases;
import io.cite.server.adapter.jdbi.JdbcSettings;
import io.cite.server.adapter.jdbi.JdbiMetadataStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What it costs to read from a long history: lists and stories of commits among 100,000 deliveries
 * and 20,000 deployments of 200 services; and the leader's list of open work among 10,000 idle
 * environments, beside the lists of all that is kept.
 */
class HistoryBench {
  private static final int SERVICES = Integer.getInteger("bench.services", 200);
  private static final int DELIVERIES_OF_EACH = 500;
  private static final int DEPLOYMENTS_OF_EACH = 100;
  private static final int IDLE = Integer.getInteger("bench.environments", 10_000);
  private static final int ROUNDS = 200;
  private static final int SCANS = 3;
  private static final String TEMPLATE = "acme/shop";

  /** Seconds between two deliveries of a repository; all together they are those of a week. */
  private static final long SPACING = 1_200;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Instant begin = Instant.now().minusSeconds(SPACING * DELIVERIES_OF_EACH);
  private final InMemorySourceHost source = new InMemorySourceHost(Instant::now);

  @Test
  void withEtcd(@TempDir Path folder) throws Exception {
    List<URI> endpoints =
        Stream.of(Servers.require("CITE_ETCD_ENDPOINTS").split(",")).map(URI::create).toList();
    try (EtcdRecords etcd = new EtcdRecords();
        EtcdConnection connection = new EtcdConnection(
                EtcdSettings.of(endpoints).withCallTimeout(Duration.ofSeconds(30)))) {
      try {
        measure("etcd", new EtcdMetadataStore(connection), folder);
      } finally {
        etcd.deleteBelow("/cite/");
      }
    }
  }

  @Test
  void withTheEmbeddedStore(@TempDir Path folder) throws Exception {
    try (Database database = Databases.openStore(JdbcSettings.sqlite(folder.resolve("cite")));
        JdbiMetadataStore store = new JdbiMetadataStore(database)) {
      measure("embedded", store, folder);
    }
  }

  private void measure(String name, MetadataStore store, Path folder) throws Exception {
    Map<String, String> template = FormerVersion.unpacked("etcd", folder).etcd();
    template.keySet().removeIf(key -> !key.contains(TEMPLATE) || key.contains(".deliveries"));
    for (int i = 0; i < SERVICES; i++) {
      service(store, template, i, DEPLOYMENTS_OF_EACH);
      deliveries(new Records(store), i);
    }
    reads(name, store);
    for (int i = SERVICES; i < SERVICES + IDLE; i++) {
      service(store, template, i, 2);
    }
    relist(name, store);
  }

  private void reads(String name, MetadataStore store) throws Exception {
    Stores stores = new Stores(store);
    ReadCatalogue catalogue = new ReadCatalogue(stores, new InMemoryBuilder(), Instant::now);
    Explain explain = new Explain(stores, source.repositories(), Instant::now);
    FindCommit find = new FindCommit(stores, source.repositories());
    String middle = delivery(SERVICES / 2, DELIVERIES_OF_EACH / 2).position();
    add(name, "first 50 deliveries", ROUNDS, i -> catalogue.deliveries(null, 50));
    add(name, "50 deliveries in the middle", ROUNDS, i -> catalogue.deliveries(middle, 50));
    add(
        name,
        "why of a commit",
        ROUNDS,
        i -> explain.execute(new Explain.Command(repository(i % SERVICES), commit(i % SERVICES, 7))));
    add(
        name,
        "a commit by its first 9 digits",
        ROUNDS,
        i ->
            find.execute(
                new FindCommit.Command(
                    repository(i % SERVICES), commit(i % SERVICES, 7).value().substring(0, 9))));
    add(name, "an environment", ROUNDS, i -> catalogue.environment(environment(i % SERVICES)));
    add(name, "50 services", ROUNDS, i -> catalogue.services(null, 50));
    add(name, "all deployments of a service", ROUNDS, i -> catalogue.deployments(environment(i % SERVICES)));
    Records fresh = new Records(store);
    add(name, "all deliveries, as every one of these did before", SCANS, i -> fresh.list(Keys.DELIVERIES));
  }

  private static void relist(String name, MetadataStore store) throws Exception {
    Records records = new Records(store);
    OpenMarks.mend(records);
    add(
        name,
        IDLE + " idle environments: services, environments, builds and deployments, as before",
        SCANS,
        i -> {
          records.list(Keys.SERVICES);
          records.list(Keys.ENVIRONMENTS);
          records.list(Keys.BUILDS);
          records.list(Keys.DEPLOYMENTS);
        });
    add(name, IDLE + " idle environments: what is open", ROUNDS, i -> OpenMarks.keys(records).toList());
  }

  private static void add(String name, String what, int rounds, IntConsumer read) throws Exception {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      long begin = System.nanoTime();
      read.accept(i);
      times.add(System.nanoTime() - begin);
    }
    Results.add("history, %s, %s: %s".formatted(name, what, Results.times(times)));
  }

  /** The template under another name, with so many deployments and a build of each. */
  private static void service(
      MetadataStore store, Map<String, String> template, int number, int deployments) {
    List<Change> changes = new ArrayList<>();
    template.forEach(
        (key, text) -> {
          Map<String, Object> document =
              JSON.readValue(text.replace(TEMPLATE, named(number)), new TypeReference<>() {});
          document.remove("v");
          document.remove("w");
          String path = key.replace(TEMPLATE, named(number));
          if (path.startsWith(Keys.DEPLOYMENTS.path()) || path.startsWith(Keys.BUILDS.path())) {
            String parent = path.substring(0, path.lastIndexOf('/') + 1);
            for (int n = 1; n <= deployments; n++) {
              Map<String, Object> one = new TreeMap<>(document);
              one.replaceAll((field, value) -> number(value));
              if (path.startsWith(Keys.BUILDS.path())) {
                one.put("number", (long) n);
                one.put("commit", commit(number, n).value());
              } else {
                one.put("seq", (long) n);
                one.put("rolloutSeq", (long) n);
                one.put("state", n == deployments ? "LIVE" : "RETIRED");
              }
              changes.add(new Change.Put(parent + n, one));
            }
          } else {
            if (path.startsWith(Keys.ENVIRONMENTS.path())) {
              document.put("lastSeq", (long) deployments);
              document.put("lastBuild", (long) deployments);
              document.put("live", (long) deployments);
            }
            document.replaceAll((field, value) -> number(value));
            changes.add(new Change.Put(path, document));
          }
        });
    for (int from = 0; from < changes.size(); from += 90) {
      store.commit(
          new Transaction(List.of(), changes.subList(from, Math.min(from + 90, changes.size()))));
    }
  }

  /** JSON reads small numbers as Integer; the store's are Long. */
  private static Object number(Object value) {
    return value instanceof Integer small ? Long.valueOf(small) : value;
  }

  private void deliveries(Records records, int service) {
    Records.Write write = records.write();
    for (int i = 0; i < DELIVERIES_OF_EACH; i++) {
      Records.Write one = records.write();
      DeliveryHistory.add(one, delivery(service, i));
      if (!write.merge(one)) {
        write.commit();
        write = one;
      }
    }
    write.commit();
  }

  private Delivery delivery(int service, int number) {
    return new Delivery(
        new DeliveryId("bench-%d-%d".formatted(service, number)),
        "push",
        "0".repeat(64),
        new SourceEvent.Pushed(
            repository(service),
            service,
            BranchName.parse("trunk"),
            commit(service, number),
            false,
            List.of(commit(service, number + 1000), commit(service, number + 2000)),
            "ada",
            null),
        begin.plusSeconds(SPACING * number + service),
        Disposition.applied("The push was received."),
        0);
  }

  private static String named(int number) {
    return TEMPLATE + String.format(Locale.ROOT, "-%05d", number);
  }

  private static RepositoryName repository(int service) {
    return RepositoryName.parse(named(service));
  }

  private static EnvironmentId environment(int service) {
    return new EnvironmentId(ServiceId.parse(named(service)), BranchName.parse("trunk"));
  }

  private static CommitId commit(int service, int number) {
    return new CommitId(String.format(Locale.ROOT, "%08x%032x", number * 31 + 7, service));
  }
}
