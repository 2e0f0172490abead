package io.cite.core.engine.rollout;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentEvent;
import io.cite.core.domain.deploy.DeploymentMachine;
import io.cite.core.domain.deploy.Origin;
import io.cite.core.domain.deploy.ReportedState;
import io.cite.core.domain.deploy.SagaId;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.StaleRead;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Key;
import io.cite.core.engine.store.EnvironmentSnapshot;
import io.cite.core.engine.store.EnvironmentStep;
import io.cite.core.error.CiteException;
import io.cite.core.error.Upstream;
import io.cite.core.port.InstantSource;
import io.cite.core.port.cluster.TrafficRouter;
import io.cite.core.port.source.Reports;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the source host's deployments in agreement with CITE's. What a deployment is pending
 * follows from its stored state, so nothing is lost by a crash; a rollout never waits for the host.
 */
public final class DeploymentReporter implements EnvironmentStep {
  /** What is reported to the source host of the deployments of a deleted environment. */
  public static final String ENVIRONMENT_DELETED = "the environment was deleted";

  private static final String ROLLBACK = "a rollback does not wait for GitHub";
  private static final Duration RECHECK = Duration.ofMinutes(1);

  private final Records records;
  private final Reports reports;
  private final TrafficRouter router;
  private final InstantSource clock;
  private final long termRevision;
  private final Set<SagaId> announcing = ConcurrentHashMap.newKeySet();

  /**
   * A reporter.
   *
   * @param termRevision revision at which this process began to lead: of what was stored later,
   *     nobody else can have notified the host
   */
  public DeploymentReporter(
      Records records,
      Reports reports,
      TrafficRouter router,
      InstantSource clock,
      long termRevision) {
    this.termRevision = termRevision;
    this.records = records;
    this.reports = reports;
    this.router = router;
    this.clock = clock;
  }

  /**
   * Announces a new deployment and reports it as pending, or puts that off. A rollback is announced
   * when there is nothing else to do for it: it must not wait for the host, which may be away.
   */
  Deployment announce(EnvironmentSnapshot view, Versioned<Deployment> stored) {
    if (stored.value().identity().origin() == Origin.ROLLBACK) {
      return apply(stored.value(), new DeploymentEvent.AnnouncementDeferred(ROLLBACK));
    }
    Deployment announced;
    try {
      announced = announced(view, stored);
    } catch (CiteException e) {
      return apply(stored.value(), new DeploymentEvent.AnnouncementDeferred(e.getMessage()));
    }
    try {
      return note(stored, report(view, announced));
    } catch (CiteException e) {
      return note(stored, announced);
    }
  }

  /** Reports what is pending for one deployment; false if nothing is. */
  @Override
  public boolean step(EnvironmentSnapshot view) {
    Optional<Versioned<Deployment>> pending =
        view.deployments().stream().filter(d -> d.value().isReportPending()).findFirst();
    if (pending.isEmpty()) {
      return false;
    }
    Deployment d = pending.get().value();
    Deployment reported;
    try {
      d = d.host().githubId() == null ? announced(view, pending.get()) : d;
      reported = note(pending.get(), report(view, d));
    } catch (CiteException e) {
      if (e instanceof Upstream upstream && upstream.isRetryable()) {
        throw e;
      }
      reported = apply(d, new DeploymentEvent.Reported(ReportedState.UNDELIVERABLE));
    }
    store(view, records.write().replace(pending.get(), reported), pending.get().key(), reported);
    return true;
  }

  /**
   * Stores what was reported to the host. If somebody else was quicker, this process may have
   * reported a state to the host that is outdated, because the host cannot refuse it; then it is
   * put right.
   */
  void store(
      EnvironmentSnapshot view, Records.Write write, Key<Deployment> key, Deployment reported) {
    if (write.commit()) {
      return;
    }
    RepositoryName repository = view.service().value().repository();
    Optional<Deployment> stored = records.get(key).map(Versioned::value);
    @Nullable Long mine = reported.host().githubId();
    if (stored.isEmpty() && mine != null) {
      reports.reportDeployment(repository, mine, ReportedState.INACTIVE, ENVIRONMENT_DELETED, null);
    }
    if (stored.isPresent() && stored.get().host().githubId() != null && mine != null) {
      Deployment now = stored.get();
      if (!mine.equals(now.host().githubId())) {
        reports.reportDeployment(
            repository, mine, ReportedState.INACTIVE, madeTwice(now.host().githubId()), null);
      } else if (now.host().reported() != reported.host().reported()
          && now.host().reported() == now.due()) {
        reports.reportDeployment(repository, mine, now.due(), text(now), null);
      }
    }
    throw new StaleRead();
  }

  /** The deployment, to be checked again if another leader may still be telling of it. */
  private Deployment note(Versioned<Deployment> stored, Deployment reported) {
    if (!isInherited(stored)) {
      return reported;
    }
    Instant soonest = clock.instant().plus(RECHECK);
    Instant at =
        reported.deadlines().rollout().isAfter(soonest) ? reported.deadlines().rollout() : soonest;
    return apply(reported, new DeploymentEvent.InDoubt(at));
  }

  private boolean isInherited(Versioned<Deployment> stored) {
    return stored.createRevision() <= termRevision;
  }

  /** What is reported to the host of a second deployment. */
  public static String madeTwice(@Nullable Long other) {
    return "duplicate of deployment " + other;
  }

  private Deployment announced(EnvironmentSnapshot view, Versioned<Deployment> stored) {
    Deployment d = stored.value();
    RepositoryName repository = view.service().value().repository();
    String environment = environment(view.id());
    boolean first = announcing.add(d.sagaId()) && !isInherited(stored);
    Optional<Long> earlier =
        first
            ? Optional.empty()
            : reports.findDeployments(repository, d.commit(), environment, d.sagaId()).stream()
                .findFirst();
    records.requireTerm();
    long id =
        earlier.isPresent()
            ? earlier.get()
            : reports.announce(
                repository,
                d.commit(),
                environment,
                d.sagaId(),
                "CITE deployment " + d.seq() + " to " + d.environment().name());
    return apply(d, new DeploymentEvent.Announced(id));
  }

  private Deployment report(EnvironmentSnapshot view, Deployment d) {
    @Nullable Long githubId = d.host().githubId();
    if (githubId == null || d.host().reported() == d.due()) {
      return d;
    }
    ReportedState due = d.due();
    tell(view.service().value().repository(), d, githubId, due);
    return apply(d, new DeploymentEvent.Reported(due));
  }

  /** Where the environment can be visited; the host is notified of a success without it as well. */
  private @Nullable String address(Deployment d, ReportedState state) {
    if (state != ReportedState.SUCCESS) {
      return null;
    }
    try {
      return router.address(d.environment()).orElse(null);
    } catch (Upstream e) {
      if (e.isRetryable()) {
        throw e;
      }
      return null;
    } catch (CiteException e) {
      return null;
    }
  }

  /** Tells the host a state of a deployment that it has. */
  public void tell(RepositoryName repository, Deployment d, long githubId, ReportedState state) {
    reports.reportDeployment(repository, githubId, state, text(d), address(d, state));
  }

  private static String text(Deployment d) {
    String cause = d.cause();
    return cause == null ? d.timeline().last().text() : cause;
  }

  private Deployment apply(Deployment d, DeploymentEvent event) {
    Instant now = clock.instant();
    return DeploymentMachine.apply(d, event, now);
  }

  /** The source host's name of the environment, {@code {service}/{branch}}. */
  public static String environment(EnvironmentId id) {
    return id.service().name() + "/" + id.branch();
  }
}
