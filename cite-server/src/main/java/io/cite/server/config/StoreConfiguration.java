package io.cite.server.config;

import io.cite.core.domain.service.Secret;
import io.cite.server.config.ConfigurationKey.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where CITE keeps its records.
 *
 * @param etcd null: the embedded store
 * @param file the embedded store's database, without its ending
 */
public record StoreConfiguration(@Nullable Etcd etcd, Path file) {
  private static final ConfigurationKey TYPE =
      ConfigurationKey.choice(
          "store.type",
          List.of("embedded", "etcd"),
          "Where records are stored. Several replicas need etcd");
  private static final ConfigurationKey FILE =
      ConfigurationKey.of(
          "store.embedded.file",
          Kind.FILE,
          "data/cite",
          "Database file of the embedded store, without its extension");
  private static final ConfigurationKey ENDPOINTS =
      ConfigurationKey.optional("store.etcd.endpoints", Kind.LIST, "URLs of the etcd members");
  private static final ConfigurationKey USER =
      ConfigurationKey.optional("store.etcd.user", Kind.TEXT, "User name for etcd");
  private static final ConfigurationKey PASSWORD =
      ConfigurationKey.optional("store.etcd.password", Kind.SECRET, "Password for etcd");
  private static final ConfigurationKey CA_FILE =
      ConfigurationKey.optional(
          "store.etcd.caFile", Kind.FILE, "PEM file with the certificate authority of etcd");
  private static final ConfigurationKey CERTIFICATE_FILE =
      ConfigurationKey.optional(
          "store.etcd.certificateFile", Kind.FILE, "PEM file with CITE's certificate for etcd");
  private static final ConfigurationKey KEY_FILE =
      ConfigurationKey.optional(
          "store.etcd.keyFile", Kind.FILE, "PEM file with the key of CITE's certificate");
  private static final ConfigurationKey LEASE =
      ConfigurationKey.of(
          "store.etcd.lease",
          Kind.DURATION,
          "10s",
          "How long after the last heartbeat of the leader another replica takes over");
  private static final ConfigurationKey TIMEOUT =
      ConfigurationKey.of("store.etcd.timeout", Kind.DURATION, "3s", "Timeout of a call");

  static final List<ConfigurationKey> KEYS =
      List.of(
          TYPE,
          FILE,
          ENDPOINTS,
          USER,
          PASSWORD,
          CA_FILE,
          CERTIFICATE_FILE,
          KEY_FILE,
          LEASE,
          TIMEOUT);

  /** How etcd is spoken to. */
  public record Etcd(
      List<String> endpoints,
      @Nullable String user,
      @Nullable Secret password,
      @Nullable Path caFile,
      @Nullable Path certificateFile,
      @Nullable Path keyFile,
      Duration lease,
      Duration timeout) {}

  static StoreConfiguration from(Values values) {
    boolean etcd = values.choice(TYPE).equals("etcd");
    List<String> endpoints = values.list(ENDPOINTS);
    Duration lease = values.duration(LEASE);
    Duration timeout = values.duration(TIMEOUT);
    if (etcd && endpoints.isEmpty()) {
      values.mistake(ENDPOINTS, "must be set if store.type is etcd");
    }
    if (values.has(CERTIFICATE_FILE) != values.has(KEY_FILE)) {
      values.mistake(CERTIFICATE_FILE, "and store.etcd.keyFile must be set together");
    }
    return new StoreConfiguration(
        etcd
            ? new Etcd(
                endpoints,
                values.optional(USER),
                values.secret(PASSWORD),
                values.file(CA_FILE),
                values.file(CERTIFICATE_FILE),
                values.file(KEY_FILE),
                lease,
                timeout)
            : null,
        Path.of(values.text(FILE)));
  }
}
