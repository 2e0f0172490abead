package io.cite.server.bootstrap;

import dagger.Module;
import dagger.Provides;
import io.cite.adapters.etcd.EtcdConnection;
import io.cite.adapters.etcd.EtcdLeadership;
import io.cite.adapters.etcd.EtcdMetadataStore;
import io.cite.adapters.etcd.EtcdSettings;
import io.cite.core.port.Leadership;
import io.cite.core.port.MetadataStore;
import io.cite.server.adapter.jdbi.Database;
import io.cite.server.adapter.jdbi.Databases;
import io.cite.server.adapter.jdbi.JdbcSettings;
import io.cite.server.adapter.jdbi.JdbiMetadataStore;
import io.cite.server.adapter.jdbi.SingleProcessLeadership;
import io.cite.server.config.Configuration;
import io.cite.server.config.StoreConfiguration.Etcd;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/** Where records are kept, and who leads. */
@Module
final class StoreModule {
  private StoreModule() {}

  /** The store and the leadership that goes with it. */
  record StoreAndLeadership(MetadataStore store, Leadership leadership) {}

  @Provides
  @Singleton
  static StoreAndLeadership stored(Configuration configuration, Resources resources) {
    Etcd etcd = configuration.store().etcd();
    String name = name();
    if (etcd != null) {
      EtcdConnection connection = resources.add(new EtcdConnection(settings(etcd)));
      return new StoreAndLeadership(
          new EtcdMetadataStore(connection), new EtcdLeadership(connection, name));
    }
    Database database =
        resources.add(Databases.openStore(JdbcSettings.sqlite(configuration.store().file())));
    JdbiMetadataStore store = resources.add(new JdbiMetadataStore(database));
    return new StoreAndLeadership(store, new SingleProcessLeadership(store, name));
  }

  @Provides
  static MetadataStore store(StoreAndLeadership stored) {
    return stored.store();
  }

  @Provides
  static Leadership leadership(StoreAndLeadership stored) {
    return stored.leadership();
  }

  private static EtcdSettings settings(Etcd etcd) {
    Optional<EtcdSettings.Login> login =
        etcd.user() == null || etcd.password() == null
            ? Optional.empty()
            : Optional.of(new EtcdSettings.Login(etcd.user(), etcd.password()));
    Optional<EtcdSettings.ClientCertificate> certificate =
        etcd.certificateFile() == null || etcd.keyFile() == null
            ? Optional.empty()
            : Optional.of(
                new EtcdSettings.ClientCertificate(etcd.certificateFile(), etcd.keyFile()));
    Optional<EtcdSettings.Tls> tls =
        etcd.caFile() == null && certificate.isEmpty()
            ? Optional.empty()
            : Optional.of(new EtcdSettings.Tls(Optional.ofNullable(etcd.caFile()), certificate));
    return new EtcdSettings(
        etcd.endpoints().stream().map(URI::create).toList(),
        login,
        tls,
        etcd.timeout(),
        etcd.lease());
  }

  private static String name() {
    long process = ProcessHandle.current().pid();
    try {
      return InetAddress.getLocalHost().getHostName() + "-" + process;
    } catch (UnknownHostException e) {
      // the name is only shown
      return "cite-" + process;
    }
  }
}
