package io.cite.core.usecase.operate;

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
import io.cite.core.engine.Bookkeeping;
import io.cite.core.engine.BuildTurns;
import io.cite.core.engine.Keys;
import io.cite.core.engine.Outgoing;
import io.cite.core.engine.Records;
import io.cite.core.engine.Stored;
import io.cite.core.port.InstantSource;
import io.cite.core.usecase.operate.Finding.Kind;
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

/** Finds work that should be done by now. Writing a record unchanged makes the leader look. */
final class WorkCheck {
  private static final Duration DELIVERY_PATIENCE = Duration.ofMinutes(5);
  private static final Duration DEADLINE_GRACE = Duration.ofSeconds(30);
  private static final Duration REPORT_PATIENCE = Duration.ofMinutes(10);
  private static final Duration SERVICE_PATIENCE = Duration.ofMinutes(15);
  private static final Duration DELETION_PATIENCE = Duration.ofMinutes(5);
  private static final int FAILING = 3;
  private static final String LOOK = "have the engine look at it";

  private final Records records;
  private final InstantSource clock;
  private final Duration buildPatience;

  WorkCheck(Records records, InstantSource clock, Duration buildPatience) {
    this.records = records;
    this.clock = clock;
    this.buildPatience = buildPatience;
  }

  List<Ailment> look() {
    Instant now = clock.instant();
    List<Ailment> found = new ArrayList<>();
    records.list(Keys.DELIVERIES).forEach(delivery -> delivery(found, delivery, now));
    records.list(Keys.LOOKS).forEach(look -> look(found, look, now));
    for (List<Stored<Build>> builds : buildsByEnvironment()) {
      BuildTurns.inTurn(builds, buildPatience).forEach(build -> build(found, build.value(), now));
    }
    records.list(Keys.DEPLOYMENTS).forEach(d -> deployment(found, d.value(), now));
    records.list(Keys.OUTBOX).forEach(item -> outgoing(found, item, now));
    records.list(Keys.SERVICES).forEach(service -> service(found, service, now));
    return found;
  }

  private Collection<List<Stored<Build>>> buildsByEnvironment() {
    return records.list(Keys.BUILDS).stream()
        .sorted(Comparator.comparingLong(build -> build.value().number()))
        .collect(Collectors.groupingBy(build -> build.value().environment()))
        .values();
  }

  private void delivery(List<Ailment> found, Stored<Delivery> stored, Instant now) {
    Delivery delivery = stored.value();
    String target = "delivery " + delivery.id();
    if (delivery.disposition().kind() == Disposition.Kind.QUARANTINED) {
      String text = delivery.event() + " was put aside: " + delivery.disposition().reason();
      found.add(
          delivery.content() instanceof SourceEvent.Unreadable
              ? Ailment.incurable(Kind.DELIVERY_QUARANTINED, target, text)
              : Ailment.curable(
                  Kind.DELIVERY_QUARANTINED, target, text, "try it again", () -> retry(stored)));
    } else if (!delivery.disposition().isFinal()
        && isOlder(delivery.receivedAt(), DELIVERY_PATIENCE, now)) {
      found.add(
          Ailment.curable(
              Kind.DELIVERY_UNSETTLED,
              target,
              delivery.event() + " waits since " + delivery.receivedAt(),
              LOOK,
              () ->
                  records
                      .write()
                      .require(stored)
                      .put(Keys.unsettled(delivery.id()), Bookkeeping.Unsettled.of(delivery))
                      .commit()));
    }
  }

  private boolean retry(Stored<Delivery> stored) {
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
        .put(Keys.unsettled(old.id()), Bookkeeping.Unsettled.of(fresh))
        .commit();
  }

  private void look(List<Ailment> found, Stored<Bookkeeping.Look> stored, Instant now) {
    Bookkeeping.Look look = stored.value();
    String target = look.environment() + " commit " + look.commit().abbreviated();
    if (!exists(look.environment())) {
      found.add(
          Ailment.curable(
              Kind.LOOK_STALE,
              target,
              "is to be looked at, but there is no such environment",
              "forget it",
              () ->
                  records
                      .write()
                      .requireAbsent(Keys.environmentState(look.environment()))
                      .delete(stored)
                      .commit()));
    } else if (look.at() != null && isOlder(look.at(), DELIVERY_PATIENCE, now)) {
      String text = "was not looked at since " + look.at() + " (" + look.why() + ")";
      found.add(Ailment.curable(Kind.LOOK_STALE, target, text, LOOK, wake(look.environment())));
    }
  }

  private void build(List<Ailment> found, Build build, Instant now) {
    if (isOlder(build.deadline(), DEADLINE_GRACE, now) && exists(build.environment())) {
      found.add(
          Ailment.curable(
              Kind.BUILD_OVERDUE,
              build.environment() + " build " + build.number(),
              build.state() + " past its deadline " + build.deadline(),
              LOOK,
              wake(build.environment())));
    }
  }

  private boolean exists(EnvironmentId id) {
    return records.get(Keys.environmentState(id)).isPresent();
  }

  private void deployment(List<Ailment> found, Deployment d, Instant now) {
    if (!d.state().isUnderWay() && !d.awaitsConfirmation() && !d.owesReport()
        || !exists(d.environment())) {
      return;
    }
    String target = d.environment() + "#" + d.seq();
    if (d.state().isUnderWay() && isOlder(d.deadline(), DEADLINE_GRACE, now)) {
      found.add(
          Ailment.curable(
              Kind.DEPLOYMENT_OVERDUE,
              target,
              d.state() + " past its deadline " + d.deadline(),
              LOOK,
              wake(d.environment())));
    }
    unserved(found, d, target, now);
    Instant since = d.timeline().get(d.timeline().size() - 1).at();
    if (d.owesReport() && isOlder(since, REPORT_PATIENCE, now)) {
      found.add(
          Ailment.curable(
              Kind.REPORT_OWED,
              target,
              "the source host was told " + d.reported() + ", not " + d.due() + ", since " + since,
              LOOK,
              wake(d.environment())));
    }
  }

  private void unserved(List<Ailment> found, Deployment d, String target, Instant now) {
    Instant until = d.confirmUntil();
    if (!d.awaitsConfirmation() || until == null || !isOlder(until, DEADLINE_GRACE, now)) {
      return;
    }
    found.add(
        d.isUnserved()
            ? Ailment.incurable(
                Kind.DEPLOYMENT_UNSERVED,
                target,
                d.cause() + "; there is nothing to go back to, or a newer one is on its way")
            : Ailment.curable(
                Kind.DEPLOYMENT_UNSERVED,
                target,
                "nobody looked whether its pods take traffic since " + until,
                LOOK,
                wake(d.environment())));
  }

  private void outgoing(List<Ailment> found, Stored<Outgoing> stored, Instant now) {
    Outgoing item = stored.value();
    if (item.attempts() >= FAILING || isOlder(item.since(), REPORT_PATIENCE, now)) {
      String text =
          (item.status() == null ? "a notice" : "a commit status")
              + " waits since "
              + item.since()
              + ", tried "
              + item.attempts()
              + " times in vain";
      found.add(
          Ailment.curable(
              Kind.OUTBOX_FAILING,
              "outbox " + item.id(),
              text,
              "try it again now",
              () -> records.write().replace(stored, item).commit()));
    }
  }

  private void service(List<Ailment> found, Stored<ServiceRecord> stored, Instant now) {
    ServiceRecord service = stored.value();
    boolean unready =
        service.state() == ServiceState.CREATING || service.state() == ServiceState.DEGRADED;
    boolean deleting = service.state() == ServiceState.DELETING;
    Instant since = deleting ? deletingSince(service) : lastStep(service);
    Duration patience = deleting ? DELETION_PATIENCE : SERVICE_PATIENCE;
    if ((unready || deleting) && isOlder(since, patience, now)) {
      String cause = Objects.requireNonNullElse(service.cause(), "no cause is known");
      found.add(
          Ailment.curable(
              Kind.SERVICE_STUCK,
              "service " + service.id(),
              service.state() + " since " + since + ": " + cause,
              LOOK,
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
      Optional<Stored<EnvironmentState>> state = records.get(Keys.environmentState(id));
      return state.isPresent()
          && records.write().replace(state.get(), state.get().value()).commit();
    };
  }

  private static boolean isOlder(Instant at, Duration patience, Instant now) {
    return at.plus(patience).isBefore(now);
  }
}
