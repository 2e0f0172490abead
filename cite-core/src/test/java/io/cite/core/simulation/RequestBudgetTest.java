package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.TestLinks;
import io.cite.core.UseCases;
import io.cite.core.domain.image.ImagePolicy;
import io.cite.core.domain.service.ServiceName;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Ports;
import io.cite.core.engine.SteppedEngine;
import io.cite.core.engine.store.Stores;
import io.cite.core.memory.InMemoryAuditTrail;
import io.cite.core.memory.InMemoryBuilder;
import io.cite.core.memory.InMemoryCluster;
import io.cite.core.memory.InMemoryMetadataStore;
import io.cite.core.memory.InMemorySecretSealer;
import io.cite.core.memory.InMemorySourceHost;
import io.cite.core.memory.ManualClock;
import io.cite.core.port.Leadership.Term;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Condition;
import io.cite.core.port.MetadataStore.Transaction;
import io.cite.core.port.source.HeadAnswer;
import io.cite.core.port.source.SourceHost;
import io.cite.core.usecase.create.CreateService;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Counts what a thousand services that nothing happens to cost of the host's rate limit. */
class RequestBudgetTest {
  private static final int SERVICES = 1_000;
  private static final int MOST_COUNTED = 500;
  private static final int MOST_IN_A_MINUTE = 300;

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final InMemoryMetadataStore store = new InMemoryMetadataStore();
  private final InMemorySourceHost host = new InMemorySourceHost(clock);
  private final Map<Instant, Integer> byMinute = new TreeMap<>();
  private int counted;
  private int unchanged;
  private final EngineSettings settings =
      EngineSettings.at(TestLinks.at("http://cite.invalid"))
          .with(new ImagePolicy("registry.invalid"));
  private final Ports ports =
      new Ports(
          counting(host),
          new InMemoryBuilder(),
          new InMemoryCluster(),
          store,
          null,
          null,
          (target, notice) -> {},
          new InMemoryAuditTrail(),
          new InMemorySecretSealer(),
          clock);

  private final Stores stores = new Stores(store);

  @Test
  void aThousandIdleServicesStayFarBelowTheLimit() {
    SteppedEngine engine = process();
    for (int i = 0; i < SERVICES; i++) {
      create("r" + i);
    }
    engine.settle();
    assertThat(store.list("/cite/.services/"))
        .hasSize(SERVICES)
        .allSatisfy(
            entry ->
                assertThat(entry.document().get("state")).isEqualTo(ServiceState.READY.name()));

    int first = hour(engine);
    int second = hour(engine);
    engine.close();
    SteppedEngine successor = process();
    int afterHandover = hour(successor);
    assertThat(unchanged).as("heads that cost nothing").isGreaterThan(30 * SERVICES);
    store
        .list("/cite/.heads/")
        .forEach(
            seen ->
                store.commit(new Transaction(List.of(), List.of(new Change.Delete(seen.key())))));
    int withoutTags = hour(successor);

    assertThat(List.of(first, second, afterHandover, withoutTags)).allMatch(n -> n < MOST_COUNTED);
    assertThat(byMinute.values()).isNotEmpty().allMatch(n -> n <= MOST_IN_A_MINUTE);
    System.getLogger(RequestBudgetTest.class.getName())
        .log(
            System.Logger.Level.INFO,
            "{0} idle services, counted requests: {1} in the first hour, {2} in the second, {3}"
                + " in that after a handover, {4} without tags, beside {5} that cost nothing",
            SERVICES,
            first,
            second,
            afterHandover,
            withoutTags,
            unchanged);
  }

  private SteppedEngine process() {
    store.commit(new Transaction(List.of(), List.of(new Change.Delete("/cite/.leader"))));
    MetadataStore.Commit elected =
        store.commit(
            new Transaction(
                List.of(), List.of(new Change.Put("/cite/.leader", Map.of("leader", "me")))));
    long revision = ((MetadataStore.Commit.Committed) elected).revision();
    SteppedEngine engine =
        new SteppedEngine(
            ports,
            stores,
            settings,
            new Term("me", new Condition.CreatedAt("/cite/.leader", revision)),
            clock::advanceTo,
            (work, failure) -> {
              throw failure;
            });
    engine.settle();
    return engine;
  }

  private int hour(SteppedEngine engine) {
    counted = 0;
    byMinute.clear();
    engine.sweep();
    engine.settleFor(Duration.ofHours(1));
    return counted;
  }

  private void create(String name) {
    RepositoryName repository = RepositoryName.parse("acme/" + name);
    BranchName main = BranchName.parse("main");
    host.create(repository, main);
    host.push(repository, main, "first", Map.of("Dockerfile", "FROM scratch\nEXPOSE 8080\n"));
    CreateService.Command usual = World.command();
    UseCases.of(ports, stores, settings)
        .createService()
        .execute(
            new CreateService.Command(
                usual.caller(),
                repository,
                main,
                ServiceName.from(name),
                null,
                usual.probe(),
                usual.replicas(),
                false,
                false,
                usual.variables(),
                Map.of(),
                List.of()));
  }

  private SourceHost counting(SourceHost real) {
    return counting(SourceHost.class, real);
  }

  private <T> T counting(Class<T> port, Object real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              if (Roles.gives(method)) {
                return counting(method.getReturnType(), method.invoke(real));
              }
              try {
                Object answer = method.invoke(real, arguments);
                boolean free = answer instanceof HeadAnswer head && head.unchanged();
                counted += free ? 0 : 1;
                unchanged += free ? 1 : 0;
                byMinute.merge(
                    clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MINUTES),
                    1,
                    Integer::sum);
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
