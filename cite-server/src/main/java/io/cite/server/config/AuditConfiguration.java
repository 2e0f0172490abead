package io.cite.server.config;

import io.cite.core.domain.service.Secret;
import io.cite.server.config.ConfigurationKey.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the audit trail is kept: any JDBC database. */
public record AuditConfiguration(String jdbcUrl, @Nullable String user, @Nullable Secret password) {
  private static final ConfigurationKey JDBC_URL =
      ConfigurationKey.of(
          "audit.jdbcUrl", Kind.TEXT, "jdbc:sqlite:./data/audit.db", "JDBC URL of the audit trail");
  private static final ConfigurationKey USER =
      ConfigurationKey.optional("audit.user", Kind.TEXT, "User name for the audit database");
  private static final ConfigurationKey PASSWORD =
      ConfigurationKey.optional("audit.password", Kind.SECRET, "Password for the audit database");

  static final List<ConfigurationKey> KEYS = List.of(JDBC_URL, USER, PASSWORD);

  static AuditConfiguration from(Values values) {
    String url = values.text(JDBC_URL);
    if (!url.startsWith("jdbc:")) {
      values.mistake(JDBC_URL, "must begin with jdbc:");
    }
    return new AuditConfiguration(url, values.optional(USER), values.secret(PASSWORD));
  }
}
