package io.cite.core.engine.check;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.domain.service.StepRecord;
import io.cite.core.domain.service.StepRecord.Progress;
import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.Disposition;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.engine.builds.BuildSerialization;
import io.cite.core.engine.check.Finding.Kind;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.CommitCheck;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.OutboxMessage;
import io.cite.core.engine.record.schema.PendingDelivery;
import io.cite.core.port.InstantSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Finds work that should be done by now. Writing a record unchanged makes the leader check it. */
final class WorkCheck {
  private static final Duration DELIVERY_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration DEADLINE_GRACE = Duration.ofSeconds(30);
  private static final Duration REPORT_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration SERVICE_TIMEOUT = Duration.ofMinutes(15);
  private static final Duration DELETION_TIMEOUT = Duration.ofMinutes(5);
  private static final int FAILING = 3;
  private static final String RECHECK = "make the engine check it";

  private final Records records;
  private final InstantSource clock;
  private final Duration buildTimeout;

  WorkCheck(Records records, InstantSource clock, Duration buildTimeout) {
    this.records = records;
    this.clock = clock;
    this.buildTimeout = buildTimeout;
  }

  List<Issue> find() {
    Instant now = clock.instant();
    List<Issue> found = new ArrayList<>();
    records.list(Keys.DELIVERIES).forEach(delivery -> delivery(found, delivery, now));
    records.list(Keys.CHECKS).forEach(check -> check(found, check, now));
    for (List<Versioned<Build>> builds : buildsByEnvironment()) {
      BuildSerialization.inTurn(builds, buildTimeout)
          .forEach(build -> build(found, build.value(), now));
    }
    records.list(Keys.DEPLOYMENTS).forEach(d -> deployment(found, d.value(), now));
    records.list(Keys.OUTBOX).forEach(item -> outboxMessage(found, item, now));
    records.list(Keys.SERVICES).forEach(service -> service(found, service, now));
    return found;
  }

  private Collection<List<Versioned<Build>>> buildsByEnvironment() {
    return records.list(Keys.BUILDS).stream()
        .sorted(Comparator.comparingLong(build -> build.value().number()))
        .collect(Collectors.groupingBy(build -> build.value().environment()))
        .values();
  }

  private void delivery(List<Issue> found, Versioned<Delivery> stored, Instant now) {
    Delivery delivery = stored.value();
    String target = "delivery " + delivery.id();
    if (delivery.disposition().kind() == Disposition.Kind.QUARANTINED) {
      String text = delivery.event() + " is quarantined: " + delivery.disposition().reason();
      found.add(
          delivery.content() instanceof SourceEvent.Unreadable
              ? Issue.incurable(Kind.DELIVERY_QUARANTINED, target, text)
              : Issue.repairable(
                  Kind.DELIVERY_QUARANTINED,
                  target,
                  text,
                  "process it again",
                  () -> retry(stored)));
    } else if (!delivery.disposition().isFinal()
        && isOlder(delivery.receivedAt(), DELIVERY_TIMEOUT, now)) {
      found.add(
          Issue.repairable(
              Kind.DELIVERY_UNSETTLED,
              target,
              delivery.event() + " waits since " + delivery.receivedAt(),
              RECHECK,
              () ->
                  records
                      .write()
                      .require(stored)
                      .put(Keys.unsettled(delivery.id()), PendingDelivery.of(delivery))
                      .commit()));
    }
  }

  private boolean retry(Versioned<Delivery> stored) {
    Delivery old = stored.value();
    Delivery fresh =
        new Delivery(
            old.id(),
            old.event(),
            old.bodySha256(),
            old.content(),
            old.receivedAt(),
            Disposition.ACCEPTED,
            0);
    return records
        .write()
        .replace(stored, fresh)
        .put(Keys.unsettled(old.id()), PendingDelivery.of(fresh))
        .commit();
  }

  private void check(List<Issue> found, Versioned<CommitCheck> stored, Instant now) {
    CommitCheck check = stored.value();
    String target = check.environment() + " commit " + check.commit().abbreviated();
    if (!exists(check.environment())) {
      found.add(
          Issue.repairable(
              Kind.CHECK_OVERDUE,
              target,
              "waits for a check, but its environment does not exist",
              "delete the check",
              () ->
                  records
                      .write()
                      .requireAbsent(Keys.environmentState(check.environment()))
                      .delete(stored)
                      .commit()));
    } else if (check.at() != null && isOlder(check.at(), DELIVERY_TIMEOUT, now)) {
      String text = "waits for a check since " + check.at() + " (" + check.why() + ")";
      found.add(
          Issue.repairable(Kind.CHECK_OVERDUE, target, text, RECHECK, wake(check.environment())));
    }
  }

  private void build(List<Issue> found, Build build, Instant now) {
    if (isOlder(build.times().deadline(), DEADLINE_GRACE, now) && exists(build.environment())) {
      found.add(
          Issue.repairable(
              Kind.BUILD_OVERDUE,
              build.environment() + " build " + build.number(),
              build.state() + " is past its deadline of " + build.times().deadline(),
              RECHECK,
              wake(build.environment())));
    }
  }

  private boolean exists(EnvironmentId id) {
    return records.get(Keys.environmentState(id)).isPresent();
  }

  private void deployment(List<Issue> found, Deployment d, Instant now) {
    if (!d.state().isUnderWay() && !d.awaitsConfirmation() && !d.isReportPending()
        || !exists(d.environment())) {
      return;
    }
    String target = d.environment() + "#" + d.seq();
    if (d.state().isUnderWay() && isOlder(d.deadlines().rollout(), DEADLINE_GRACE, now)) {
      found.add(
          Issue.repairable(
              Kind.DEPLOYMENT_OVERDUE,
              target,
              d.state() + " is past its deadline of " + d.deadlines().rollout(),
              RECHECK,
              wake(d.environment())));
    }
    withoutEndpoints(found, d, target, now);
    Instant since = d.timeline().last().at();
    if (d.isReportPending() && isOlder(since, REPORT_TIMEOUT, now)) {
      found.add(
          Issue.repairable(
              Kind.STATUS_UNREPORTED,
              target,
              "GitHub shows " + d.host().reported() + ", not " + d.due() + ", since " + since,
              RECHECK,
              wake(d.environment())));
    }
  }

  private void withoutEndpoints(List<Issue> found, Deployment d, String target, Instant now) {
    Instant until = d.deadlines().confirmation();
    if (!d.awaitsConfirmation() || until == null || !isOlder(until, DEADLINE_GRACE, now)) {
      return;
    }
    found.add(
        d.hasNoEndpoints()
            ? Issue.incurable(
                Kind.DEPLOYMENT_WITHOUT_ENDPOINTS,
                target,
                d.cause()
                    + ". CITE found no earlier deployment to roll back to, or a newer deployment is in progress")
            : Issue.repairable(
                Kind.DEPLOYMENT_WITHOUT_ENDPOINTS,
                target,
                "CITE did not check that its pods take traffic; the check was due at " + until,
                RECHECK,
                wake(d.environment())));
  }

  private void outboxMessage(List<Issue> found, Versioned<OutboxMessage> stored, Instant now) {
    OutboxMessage item = stored.value();
    if (item.attempts() >= FAILING || isOlder(item.since(), REPORT_TIMEOUT, now)) {
      String text =
          (item.status() == null ? "a notice" : "a commit status")
              + " waits since "
              + item.since()
              + ", tried "
              + item.attempts()
              + " times without success";
      found.add(
          Issue.repairable(
              Kind.OUTBOX_FAILING,
              "outbox " + item.id(),
              text,
              "send it again now",
              () -> records.write().replace(stored, item.due()).commit()));
    }
  }

  private void service(List<Issue> found, Versioned<ServiceRecord> stored, Instant now) {
    ServiceRecord service = stored.value();
    boolean unready =
        service.state() == ServiceState.CREATING || service.state() == ServiceState.DEGRADED;
    boolean deleting = service.state() == ServiceState.DELETING;
    Instant since = deleting ? deletingSince(service) : lastStep(service);
    Duration timeout = deleting ? DELETION_TIMEOUT : SERVICE_TIMEOUT;
    if ((unready || deleting) && isOlder(since, timeout, now)) {
      String cause = Objects.requireNonNullElse(service.cause(), "the cause is not known");
      found.add(
          Issue.repairable(
              Kind.SERVICE_STUCK,
              "service " + service.id(),
              service.state() + " since " + since + ": " + cause,
              RECHECK,
              () -> records.write().replace(stored, service).commit()));
    }
  }

  /** Older versions did not note when a deletion began. */
  private static Instant deletingSince(ServiceRecord service) {
    return Objects.requireNonNullElse(service.deletingSince(), service.requestedAt());
  }

  private static Instant lastStep(ServiceRecord service) {
    return service.steps().stream()
        .filter(step -> step.progress() != Progress.PENDING)
        .map(StepRecord::at)
        .max(Instant::compareTo)
        .orElse(service.requestedAt());
  }

  private BooleanSupplier wake(EnvironmentId id) {
    return () -> {
      Optional<Versioned<EnvironmentState>> state = records.get(Keys.environmentState(id));
      return state.isPresent()
          && records.write().replace(state.get(), state.get().value()).commit();
    };
  }

  private static boolean isOlder(Instant at, Duration timeout, Instant now) {
    return at.plus(timeout).isBefore(now);
  }
}
