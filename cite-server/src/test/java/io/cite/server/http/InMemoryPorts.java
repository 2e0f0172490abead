package io.cite.server.http;

import io.cite.core.TestLinks;
import io.cite.core.UseCases;
import io.cite.core.domain.service.Secret;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Ports;
import io.cite.core.engine.store.Stores;
import io.cite.core.memory.InMemoryAuditTrail;
import io.cite.core.memory.InMemoryBuilder;
import io.cite.core.memory.InMemoryMetadataStore;
import io.cite.core.memory.InMemoryNotifications;
import io.cite.core.port.AuditTrail;
import io.cite.core.port.LogIndex;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.cluster.Cluster;
import io.cite.core.port.source.SourceHost;
import io.cite.server.security.AesSecretSealer;
import io.cite.server.security.SealingKey;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The outside in memory, as far as a test of HTTP needs it. */
final class InMemoryPorts {
  /** Ports whose methods give roles. */
  private static final Set<Class<?>> ROLES = Set.of(Cluster.class, SourceHost.class);

  private InMemoryPorts() {}

  static Ports inMemory() {
    return with(new InMemoryMetadataStore(), new InMemoryAuditTrail());
  }

  static Ports with(MetadataStore store, AuditTrail audit) {
    return with(store, audit, absent(Cluster.class), null);
  }

  static Ports with(
      MetadataStore store, AuditTrail audit, Cluster cluster, @Nullable LogIndex logIndex) {
    return new Ports(
        absent(SourceHost.class),
        new InMemoryBuilder(),
        cluster,
        store,
        logIndex,
        null,
        new InMemoryNotifications(),
        audit,
        new AesSecretSealer(List.of(SealingKey.parse(Secret.of("test:" + "ab".repeat(32))))),
        () -> Fixture.NOW);
  }

  /** The use cases of the interface on these ports. */
  static UseCases useCases(Ports ports, Stores stores) {
    return UseCases.of(ports, stores, EngineSettings.at(TestLinks.at("http://cite.invalid")));
  }

  /** A port that no test may come to. */
  static <T> T absent(Class<T> port) {
    return only(port, "nothing", arguments -> null);
  }

  /** A port of which a test may use one method. */
  static <T> T only(Class<T> port, String name, Function<Object[], @Nullable Object> answer) {
    return port.cast(
        Proxy.newProxyInstance(
            InMemoryPorts.class.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              if (ROLES.contains(method.getDeclaringClass())) {
                return only(method.getReturnType(), name, answer);
              }
              if (method.getName().equals(name)) {
                return answer.apply(arguments);
              }
              throw new AssertionError(port.getSimpleName() + "." + method.getName());
            }));
  }
}
