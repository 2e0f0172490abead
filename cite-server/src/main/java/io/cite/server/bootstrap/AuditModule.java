package io.cite.server.bootstrap;

import dagger.Module;
import dagger.Provides;
import io.cite.core.port.AuditTrail;
import io.cite.server.adapter.jdbi.Databases;
import io.cite.server.adapter.jdbi.JdbcSettings;
import io.cite.server.adapter.jdbi.JdbiAuditTrail;
import io.cite.server.config.AuditConfiguration;
import io.cite.server.config.Configuration;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Where the audit trail is kept. */
@Module
final class AuditModule {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private AuditModule() {}

  @Provides
  @Singleton
  static JdbiAuditTrail trail(Configuration configuration, Resources resources) {
    AuditConfiguration audit = configuration.audit();
    Optional<JdbcSettings.Login> login =
        audit.user() == null || audit.password() == null
            ? Optional.empty()
            : Optional.of(new JdbcSettings.Login(audit.user(), audit.password()));
    return new JdbiAuditTrail(
        resources.add(Databases.openAudit(new JdbcSettings(audit.jdbcUrl(), login, TIMEOUT))));
  }

  @Provides
  static AuditTrail audit(JdbiAuditTrail trail) {
    return trail;
  }
}
