package io.cite.core.engine.check;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.store.Stores;
import io.cite.core.port.InstantSource;
import io.cite.core.port.cluster.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * All checks. They may run beside a working engine: what is being worked on is no issue, and a
 * repair changes nothing that was changed since the issue was found.
 */
public final class Checks {
  private final ClusterCheck cluster;
  private final SecretCheck secrets;
  private final WorkCheck work;
  private final RecordCheck orphans;
  private final OrphanedReservations reservations;

  /**
   * Checks of these stores and this cluster.
   *
   * @param buildTimeout how long a build may take
   */
  public Checks(Stores stores, Cluster cluster, InstantSource clock, Duration buildTimeout) {
    Records records = stores.records();
    this.cluster =
        new ClusterCheck(records, cluster.objects(), cluster.rollouts(), cluster.traffic());
    this.secrets = new SecretCheck(records, cluster.secrets());
    this.work = new WorkCheck(records, clock, buildTimeout);
    this.orphans = new RecordCheck(records);
    this.reservations = new OrphanedReservations(records, clock);
  }

  /**
   * Everything that is not as it should be.
   *
   * @param redeploy orders a new deployment of what a live deployment runs whose rollout is missing
   * @throws io.cite.core.error.Upstream if the store or the cluster cannot be read
   */
  public List<Issue> find(Consumer<Deployment> redeploy) {
    List<Issue> issues = new ArrayList<>();
    issues.addAll(cluster.find(redeploy));
    issues.addAll(secrets.find());
    issues.addAll(work.find());
    issues.addAll(orphans.find());
    issues.addAll(reservations.find());
    return issues;
  }
}
