package io.cite.core.engine.store;

import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.LeaderHeartbeat;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.SecretSealer;
import java.time.Instant;

/**
 * The stored state in domain terms. All stores of a process share one view of the metadata store,
 * so a record that did not change is decoded once. Thread-safe.
 */
public final class Stores {
  private static final Versioned<LeaderHeartbeat> NEVER =
      new Versioned<>(Keys.never(), new LeaderHeartbeat(Instant.EPOCH, null), 1, 1);

  private final Records records;
  private final ServiceStore services;
  private final EnvironmentStore environments;
  private final BuildStore builds;
  private final DeploymentStore deployments;
  private final DeliveryStore deliveries;
  private final IdempotencyStore idempotency;
  private final SessionStore sessions;

  /** The stores in this metadata store. */
  public Stores(MetadataStore store) {
    this.records = new Records(store);
    this.services = new ServiceStore(records);
    this.environments = new EnvironmentStore(records);
    this.builds = new BuildStore(records);
    this.deployments = new DeploymentStore(records);
    this.deliveries = new DeliveryStore(records);
    this.idempotency = new IdempotencyStore(records);
    this.sessions = new SessionStore(records);
  }

  /** Services, with the names and repositories that belong to them. */
  public ServiceStore services() {
    return services;
  }

  /** Environments: settings, state and names. */
  public EnvironmentStore environments() {
    return environments;
  }

  /** Builds. */
  public BuildStore builds() {
    return builds;
  }

  /** Deployments. */
  public DeploymentStore deployments() {
    return deployments;
  }

  /** Deliveries. */
  public DeliveryStore deliveries() {
    return deliveries;
  }

  /** Answers to requests that may be repeated. */
  public IdempotencyStore idempotency() {
    return idempotency;
  }

  /** Browsers that people signed in with. */
  public SessionStore sessions() {
    return sessions;
  }

  /** The secrets that webhooks are signed with. */
  public WebhookSecrets webhookSecrets(SecretSealer sealer) {
    return new WebhookSecrets(records, sealer);
  }

  /**
   * Requires that the store answers. It is asked by a transaction, which goes the way that all
   * writes go, with a condition that holds and without a change: the embedded store counts it,
   * which needs space on the disk. Then a write is ordered that is refused, because the record that
   * it would replace does not exist: etcd refuses it otherwise if it has no space.
   *
   * @throws io.cite.core.error.Upstream if the store cannot be reached, does not answer in time or
   *     takes no writes
   */
  public void requireAvailable() {
    records.write().requireAbsent(Keys.never()).commit();
    records.write().replace(NEVER, NEVER.value()).commit();
  }

  /** Begins a transaction. */
  public Transaction begin() {
    return new Transaction(records.write());
  }

  /** The records below the stores. For the packages of the engine only. */
  public Records records() {
    return records;
  }
}
