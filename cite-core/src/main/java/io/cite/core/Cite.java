package io.cite.core;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.CommitId;
import io.cite.core.engine.Engine;
import io.cite.core.engine.Ports;
import io.cite.core.engine.StateChanges;
import io.cite.core.engine.store.Stores;
import io.cite.core.engine.store.WebhookSecrets;
import io.cite.core.error.CiteException;
import io.cite.core.port.Subscription;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * CITE inside another program: its use cases, and the engine that carries out what they store.
 * Several processes may run it over the same metadata store; one of them leads. Closing ends the
 * engine; the adapters are closed by whoever made them. Thread-safe.
 */
public final class Cite implements AutoCloseable {
  private final Stores stores;
  private final StateChanges changes;
  private final WebhookSecrets webhookSecrets;
  private final UseCases useCases;
  private final Engine engine;

  Cite(Ports ports, Stores stores, UseCases useCases, Engine engine) {
    this.stores = stores;
    this.changes = new StateChanges(ports.store(), stores);
    this.webhookSecrets = stores.webhookSecrets(ports.sealer());
    this.useCases = useCases;
    this.engine = engine;
  }

  /** CITE over adapters of the caller's choice. */
  public static CiteBuilder builder() {
    return new CiteBuilder();
  }

  /** CITE with everything around it in memory, at work already. */
  public static InMemoryCite inMemory() {
    return new InMemoryCite();
  }

  /** What can be asked of CITE. */
  public UseCases useCases() {
    return useCases;
  }

  /** What changes in services, builds and deployments. */
  public StateChanges changes() {
    return changes;
  }

  /** The secrets of the webhooks that CITE made, for whoever checks signatures. */
  public WebhookSecrets webhookSecrets() {
    return webhookSecrets;
  }

  /** Whether this process leads now. */
  public boolean isLeading() {
    return engine.isLeading();
  }

  /**
   * Tells when a commit is live, or why it is not: completes with the newest deployment of the
   * commit once that is live or has ended. It waits for as long as there is no such deployment, so
   * the caller sets a limit. It fails with a {@link CiteException} if the store cannot be read.
   */
  public CompletableFuture<Deployment> deployment(EnvironmentId environment, CommitId commit) {
    CompletableFuture<Deployment> settled = new CompletableFuture<>();
    Runnable check =
        () -> {
          try {
            newest(environment, commit)
                .filter(found -> !found.state().isUnderWay())
                .ifPresent(settled::complete);
          } catch (CiteException e) {
            settled.completeExceptionally(e);
          }
        };
    Subscription subscription = changes.subscribe(change -> check.run(), check);
    check.run();
    var unused = settled.whenComplete((deployment, failure) -> subscription.close());
    return settled;
  }

  private Optional<Deployment> newest(EnvironmentId environment, CommitId commit) {
    return stores.deployments().of(environment).stream()
        .filter(deployment -> deployment.commit().equals(commit))
        .reduce((older, newer) -> newer);
  }

  /** Stops the engine and steps down. What is stored goes on in the next process. */
  @Override
  public void close() {
    engine.close();
  }
}
