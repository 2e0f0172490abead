package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildState;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.deploy.Drain;
import io.cite.core.domain.deploy.Origin;
import io.cite.core.domain.deploy.ReportedState;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.engine.record.OpenMarks;
import io.cite.core.engine.record.OpenRecords;
import io.cite.core.engine.record.Records;
import io.cite.core.port.AuditTrail.Numbered;
import io.cite.core.port.cluster.ClusterObject;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.RolloutSpec;
import io.cite.core.port.cluster.Traffic;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What must hold once things are quiet, whatever went wrong before. */
final class Invariants {
  private Invariants() {}

  /** What holds whatever happened. */
  static void check(World world) {
    world.faults.disarm();
    everyDeliveryIsSettled(world);
    trafficGoesToTheNewestCommitted(world);
    theServiceHasThePortsOfItsPods(world);
    hostAgrees(world);
    nothingWaitsAtTheHost(world);
    objectsHaveRecords(world);
    nothingTwice(world);
    whatWasCancelledIsOver(world);
    theTrailTellsWhatHappened(world);
    nobodyIsAnsweredByAFormerVersion(world);
    marksNameWhatIsOpen(world);
  }

  /** By the marks, what waits is found although the event about it was lost. */
  private static void marksNameWhatIsOpen(World world) {
    Records records = new Records(world.store);
    Set<String> marked = OpenMarks.keys(records).collect(Collectors.toSet());
    assertThat(marked).as("marks of what is open").isEqualTo(OpenRecords.keys(records));
  }

  /**
   * After a confirmed switch and the time for the drain, no pod of a former rollout runs that was
   * sent traffic: whoever kept a connection to it would be answered by the former version.
   */
  private static void nobodyIsAnsweredByAFormerVersion(World world) {
    for (EnvironmentId id : environments(world)) {
      Traffic traffic = world.cluster.traffic().current(id).orElseThrow();
      List<Deployment> all = world.catalogue().deployments(id);
      boolean confirmed =
          all.stream()
              .filter(d -> d.seq() == traffic.deploySeq())
              .anyMatch(d -> !d.awaitsConfirmation());
      for (Deployment d : all) {
        Drain drain = d.drain();
        boolean former = drain != null && d.rollout().mayExist();
        if (!confirmed || !former) {
          continue;
        }
        assertThat(drain.from()).as("when %s is drained", d).isNotNull();
        if (!drain.from().isAfter(world.clock.instant())) {
          assertThat(world.cluster.hasKnownPods(new RolloutId(id, d.rolloutSeq())))
              .as("pods of %s from before the switch", d)
              .isFalse();
          assertThat(drain.isOver()).as("end of the drain of %s", d).isTrue();
        }
      }
    }
  }

  /** Each deployment that CITE began by itself, and each one's end, has one entry: never two. */
  private static void theTrailTellsWhatHappened(World world) {
    List<AuditEntry> entries =
        world.audit.list(null, Integer.MAX_VALUE).stream().map(Numbered::entry).toList();
    for (EnvironmentId id : environments(world)) {
      for (Deployment d : world.catalogue().deployments(id)) {
        Instant made = d.timeline().requestedAt();
        assertThat(entries)
            .filteredOn(e -> !e.at().isBefore(made))
            .filteredOn(e -> e.action() == AuditAction.DEPLOYMENT_END)
            .filteredOn(e -> e.target().equals(id + "#" + d.seq()))
            .as("entries of the end of %s", d)
            .doesNotHaveDuplicates()
            .hasSize(d.state().isUnderWay() ? 0 : lostItsPods(d) ? 2 : 1);
        assertThat(entries)
            .filteredOn(e -> !e.at().isBefore(made))
            .filteredOn(e -> e.action() == AuditAction.DEPLOYMENT_REQUEST)
            .filteredOn(e -> e.actor().equals("cite") && e.target().equals(id.toString()))
            .filteredOn(e -> e.detail().startsWith("deployment " + d.seq() + " of build "))
            .as("entries of the request of %s", d)
            .hasSize(d.origin() == Origin.AUTO ? 1 : 0);
      }
    }
  }

  /**
   * What holds as well where no process went on after another one took its place. The host cannot
   * refuse what such a process asks for, so it may have one deployment too many, made inactive.
   */
  static void checkStrictly(World world) {
    check(world);
    noDuplicates(world.source.sagas(World.REPOSITORY));
  }

  /** Whoever does not know whether its request arrived asks again; nobody else does. */
  static void builderIsAskedAtMostOnceMoreForEachCrash(World world, World calm) {
    assertThat(world.builder.requests())
        .as("requests to the builder, with %s crashes", world.crashes)
        .hasSizeLessThanOrEqualTo(calm.builder.requests().size() + world.crashes);
  }

  /** It went live, and then it was reported that no pod takes its traffic. */
  private static boolean lostItsPods(Deployment d) {
    return d.timeline().entries().stream()
        .anyMatch(e -> e.text().startsWith("no pod took traffic"));
  }

  private static void everyDeliveryIsSettled(World world) {
    assertThat(world.catalogue().deliveries(null, 1_000))
        .filteredOn(delivery -> !delivery.disposition().isFinal())
        .isEmpty();
  }

  private static void trafficGoesToTheNewestCommitted(World world) {
    for (EnvironmentId id : environments(world)) {
      List<Deployment> all = world.catalogue().deployments(id);
      List<Deployment> live = all.stream().filter(d -> d.state() == DeploymentState.LIVE).toList();
      Traffic traffic = world.cluster.traffic().current(id).orElseThrow();
      if (traffic.deploySeq() == 0) {
        assertThat(live).isEmpty();
        continue;
      }
      assertThat(live).hasSize(1);
      assertThat(live.get(0).seq()).isEqualTo(traffic.deploySeq());
      assertThat(live.get(0).rolloutSeq()).isEqualTo(traffic.rolloutSeq());
      assertThat(world.catalogue().environment(id).state().live()).isEqualTo(live.get(0).seq());
      assertThat(all)
          .filteredOn(d -> d.state() == DeploymentState.RETIRED)
          .filteredOn(d -> d.seq() >= traffic.deploySeq())
          .isEmpty();
      assertThat(all).filteredOn(d -> d.state().isUnderWay()).isEmpty();
      assertThat(live.get(0).awaitsConfirmation()).isEqualTo(traffic.readyEndpoints() == 0);
    }
  }

  /** Whoever comes to a port of the Service comes to a port on which the live pods listen. */
  private static void theServiceHasThePortsOfItsPods(World world) {
    for (EnvironmentId id : environments(world)) {
      Traffic traffic = world.cluster.traffic().current(id).orElseThrow();
      if (traffic.deploySeq() == 0) {
        continue;
      }
      RolloutId rollout = new RolloutId(id, traffic.rolloutSeq());
      assertThat(world.cluster.spec(rollout).map(RolloutSpec::ports))
          .as("ports of the pods of %s and of their Service", rollout.name())
          .contains(traffic.ports());
      assertThat(world.catalogue().deployments(id))
          .filteredOn(d -> d.seq() == traffic.deploySeq())
          .filteredOn(d -> !Objects.equals(d.identity().ports(), traffic.ports()))
          .isEmpty();
    }
  }

  private static List<EnvironmentId> environments(World world) {
    return world.catalogue().services(null, 100).stream()
        .flatMap(service -> service.environments().stream())
        .map(environment -> environment.settings().id())
        .toList();
  }

  private static void hostAgrees(World world) {
    for (EnvironmentId id : environments(world)) {
      for (Deployment d : world.catalogue().deployments(id)) {
        assertThat(d.isReportPending()).as("report pending by %s", d).isFalse();
        if (d.host().githubId() != null && d.host().reported() != ReportedState.UNDELIVERABLE) {
          List<ReportedState> reports = world.source.reports(World.REPOSITORY, d.host().githubId());
          assertThat(reports.get(reports.size() - 1)).as("last report of %s", d).isEqualTo(d.due());
        }
      }
    }
  }

  /** Also of what no record names; apart from what the host refuses to take. */
  private static void nothingWaitsAtTheHost(World world) {
    Set<Long> refused =
        environments(world).stream()
            .flatMap(id -> world.catalogue().deployments(id).stream())
            .filter(d -> d.host().reported() == ReportedState.UNDELIVERABLE)
            .map(d -> d.host().githubId() == null ? 0 : d.host().githubId())
            .collect(Collectors.toSet());
    for (long deployment : world.source.deployments(World.REPOSITORY)) {
      if (refused.contains(deployment)) {
        continue;
      }
      List<ReportedState> reports = world.source.reports(World.REPOSITORY, deployment);
      assertThat(reports).as("reports of %s", deployment).isNotEmpty();
      assertThat(reports.get(reports.size() - 1))
          .as("last report of %s", deployment)
          .isNotEqualTo(ReportedState.PENDING);
    }
  }

  private static void objectsHaveRecords(World world) {
    Set<String> expected = new TreeSet<>();
    for (EnvironmentId id : environments(world)) {
      expected.add(id.name() + "/0");
      for (Deployment d : world.catalogue().deployments(id)) {
        if (d.rollout().mayExist()) {
          expected.add(id.name() + "/" + d.rolloutSeq());
        }
      }
    }
    List<String> found =
        world.cluster.objects().inventory().stream()
            .map(Invariants::describe)
            .collect(Collectors.toList());
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static String describe(ClusterObject object) {
    return object.environment() + "/" + object.seq();
  }

  private static void nothingTwice(World world) {
    for (EnvironmentId id : environments(world)) {
      List<Deployment> all = world.catalogue().deployments(id);
      noDuplicates(
          all.stream()
              .filter(d -> d.origin() == Origin.AUTO)
              .map(d -> d.identity().build())
              .toList());
      // one that was given up or cancelled leaves the statuses that come after all to the next
      noDuplicates(
          world.catalogue().builds(id).stream()
              .filter(b -> b.state() != BuildState.TIMED_OUT)
              .filter(b -> b.state() != BuildState.CANCELLED)
              .map(b -> b.commit() + "/" + b.statuses().floor())
              .toList());
      noStatusCountsTwice(world.catalogue().builds(id));
    }
  }

  /** The builder was asked to stop, nothing of it was deployed, and the trail tells of it once. */
  private static void whatWasCancelledIsOver(World world) {
    List<AuditEntry> entries =
        world.audit.list(null, Integer.MAX_VALUE).stream()
            .map(Numbered::entry)
            .filter(entry -> entry.action() == AuditAction.BUILD_CANCEL)
            .toList();
    for (EnvironmentId id : environments(world)) {
      for (Build build : world.catalogue().builds(id)) {
        boolean cancelled = build.state() == BuildState.CANCELLED;
        assertThat(build.awaitsStop()).as("%s waits for the builder", build).isFalse();
        assertThat(entries)
            .filteredOn(e -> e.target().equals(id.toString()))
            .filteredOn(e -> e.detail().startsWith("build " + build.number() + ","))
            .filteredOn(e -> !e.at().isBefore(build.times().requestedAt()))
            .as("entries of the cancellation of %s", build)
            .hasSize(cancelled ? 1 : 0);
        assertThat(world.catalogue().deployments(id))
            .filteredOn(d -> cancelled && Long.valueOf(build.number()).equals(d.identity().build()))
            .isEmpty();
      }
    }
  }

  /** There may be none at all. */
  private static void noDuplicates(Collection<?> all) {
    assertThat(all).hasSize(Set.copyOf(all).size());
  }

  /** Each status of a commit speaks of one build: what they have seen does not overlap. */
  private static void noStatusCountsTwice(List<Build> builds) {
    for (Build build : builds) {
      assertThat(builds)
          .filteredOn(other -> other.number() != build.number())
          .filteredOn(other -> other.commit().equals(build.commit()))
          .filteredOn(
              other ->
                  Math.max(other.statuses().floor(), build.statuses().floor())
                      < Math.min(other.statuses().seen(), build.statuses().seen()))
          .as("builds with statuses of build %s", build)
          .isEmpty();
    }
  }
}
