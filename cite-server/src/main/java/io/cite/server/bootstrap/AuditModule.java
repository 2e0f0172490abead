package io.cite.server.bootstrap;

import dagger.Lazy;
import dagger.Module;
import dagger.Provides;
import io.cite.core.domain.service.Secret;
import io.cite.core.port.AuditTrail;
import io.cite.server.adapter.jdbi.AuditSignature;
import io.cite.server.adapter.jdbi.Database;
import io.cite.server.adapter.jdbi.Databases;
import io.cite.server.adapter.jdbi.JdbcSettings;
import io.cite.server.adapter.jdbi.JdbiAuditTrail;
import io.cite.server.config.AuditConfiguration;
import io.cite.server.config.Configuration;
import io.cite.server.config.SecurityConfiguration;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the audit trail is kept. */
@Module
final class AuditModule {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private AuditModule() {}

  @Provides
  @Singleton
  static JdbiAuditTrail trail(Configuration configuration, Resources resources) {
    Database database = Databases.openAudit(settings(configuration.audit()));
    return new JdbiAuditTrail(resources.add(database), signature(configuration.security()));
  }

  static JdbcSettings settings(AuditConfiguration audit) {
    Optional<JdbcSettings.Login> login =
        audit.user() == null || audit.password() == null
            ? Optional.empty()
            : Optional.of(new JdbcSettings.Login(audit.user(), audit.password()));
    return new JdbcSettings(audit.jdbcUrl(), login, TIMEOUT);
  }

  static AuditSignature signature(SecurityConfiguration security) {
    List<Secret> keys = new ArrayList<>(List.of(security.key()));
    keys.addAll(security.previousKeys());
    return new AuditSignature(keys);
  }

  @Provides
  static AuditTrail audit(AuditUse use, Lazy<JdbiAuditTrail> trail) {
    return switch (use) {
      case OWN -> new LoggedAuditTrail(trail.get());
      case SHARED -> new SharedAuditTrail(trail::get);
    };
  }
}
