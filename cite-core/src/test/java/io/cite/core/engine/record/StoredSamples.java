package io.cite.core.engine.record;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildOrigin;
import io.cite.core.domain.build.BuildState;
import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.deploy.Deadlines;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.deploy.Drain;
import io.cite.core.domain.deploy.Evidence;
import io.cite.core.domain.deploy.HostReport;
import io.cite.core.domain.deploy.Origin;
import io.cite.core.domain.deploy.PodSettings;
import io.cite.core.domain.deploy.ReportedState;
import io.cite.core.domain.deploy.Timeline;
import io.cite.core.domain.deploy.TimelineEntry;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.domain.service.Probe;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.domain.service.StepRecord;
import io.cite.core.domain.service.StepRecord.CreateStep;
import io.cite.core.domain.service.Variables;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.Disposition;
import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.engine.record.schema.BranchHead;
import io.cite.core.engine.record.schema.BrowserSession;
import io.cite.core.engine.record.schema.CommitCheck;
import io.cite.core.engine.record.schema.HookScan;
import io.cite.core.engine.record.schema.IdempotentRequest;
import io.cite.core.engine.record.schema.Key;
import io.cite.core.engine.record.schema.LeaderHeartbeat;
import io.cite.core.engine.record.schema.NameReservation;
import io.cite.core.engine.record.schema.NamespaceReservation;
import io.cite.core.engine.record.schema.OutboxMessage;
import io.cite.core.engine.record.schema.PendingDelivery;
import io.cite.core.engine.record.schema.RedeliveryRequest;
import io.cite.core.engine.record.schema.RepositoryRecord;
import io.cite.core.engine.record.schema.ServiceLink;
import io.cite.core.engine.record.schema.SharedCleanup;
import io.cite.core.engine.record.schema.WebhookRecord;
import io.cite.core.port.Notifications.Kind;
import io.cite.core.port.Notifications.Notice;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every kind of record that the engine stores: as full and as empty as it can be. */
final class StoredSamples {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123456789Z");
  private static final RepositoryName REPOSITORY = RepositoryName.parse("Acme/hello.world");
  private static final BranchName BRANCH = BranchName.parse("feature/ü%2F+x");
  private static final ServiceId SERVICE = ServiceId.of("acme", "hello");
  private static final EnvironmentId ENVIRONMENT = new EnvironmentId(SERVICE, BRANCH);
  private static final CommitId COMMIT = CommitId.parse("0123456789abcdef0123456789abcdef01234567");
  private static final ImageReference IMAGE =
      ImageReference.parse("r.io:5000/acme/hello:1@sha256:" + "0123456789abcdef".repeat(4));
  private static final NotificationTarget.Sealed TARGET =
      new NotificationTarget.Sealed(
          NotificationTarget.Type.SLACK, "https://hooks.invalid", "sealed");

  private StoredSamples() {}

  static Map<String, Record> all() {
    Map<String, Record> all = new LinkedHashMap<>();
    services(all);
    builds(all);
    deployments(all);
    deliveries(all);
    bookkeeping(all);
    return all;
  }

  private static void services(Map<String, Record> all) {
    ServiceSettings full =
        new ServiceSettings(
            SERVICE,
            REPOSITORY,
            5_000_000_000L,
            BRANCH,
            new ContainerPorts(List.of(8080, 9090)),
            "8080 from EXPOSE in line 2; 9090 from EXPOSE in line 3",
            new Probe("/health", 9090),
            new Replicas(2),
            true,
            true,
            new Variables(Map.of("A", "1", "B", "x\ny \"z\"")),
            List.of("K"),
            List.of(TARGET),
            "ada",
            AT,
            List.of(RepositoryName.parse("acme/former")));
    ServiceSettings least =
        new ServiceSettings(
            SERVICE,
            REPOSITORY,
            1,
            BRANCH,
            new ContainerPorts(List.of(80)),
            null,
            Probe.tcp(),
            new Replicas(1),
            false,
            false,
            Variables.none(),
            List.of(),
            List.of(),
            "ada",
            AT);
    all.put("service settings", full);
    all.put("least service settings", least);
    all.put("environment settings", full.environment(BRANCH, AT));
    all.put("least environment settings", least.environment(BRANCH, AT));
    ServiceRecord requested = ServiceRecord.requested(least, Map.of(), COMMIT, AT);
    all.put("service", requested);
    all.put("service being deleted", requested.deleting(AT));
    all.put(
        "degraded service",
        ServiceRecord.requested(full, Map.of("K", "sealed:1"), COMMIT, AT)
            .with(CreateStep.LOG_INDEX, StepRecord.Progress.DEGRADED, "it is down", AT)
            .in(ServiceState.DEGRADED, "log index: it is down"));
    all.put("fresh environment", EnvironmentState.fresh(ENVIRONMENT));
    all.put(
        "environment",
        new EnvironmentState(
            ENVIRONMENT,
            new EnvironmentState.Numbers(7, 3),
            6L,
            new EnvironmentState.Hold("ada", COMMIT, AT, "it is slow", true),
            new EnvironmentState.Branch(COMMIT, true),
            "check this",
            true,
            new EnvironmentState.Setup(true, Map.of("K", "sealed:1"), List.of("L"), "ada"),
            new EnvironmentState.Observed(6, 2, "http://127.0.0.1:30080", AT),
            new EnvironmentState.Waiting("GitHub's limit", AT, AT.plusSeconds(60))));
  }

  private static void builds(Map<String, Record> all) {
    all.put(
        "queued build",
        Build.queued(ENVIRONMENT, 1, COMMIT, BuildOrigin.SWEEP, "cite", 0, AT, AT.plusSeconds(1)));
    all.put(
        "build",
        new Build(
            new Build.Identity(ENVIRONMENT, 3, COMMIT),
            BuildState.SUCCEEDED,
            new Build.Request(BuildOrigin.MANUAL, "ada", true, 2),
            new Build.Statuses(40, 60, 7),
            new Build.Result(IMAGE, new LogUrl("http://b.invalid/1"), "the end\n", "why"),
            "deployed as 7",
            new Build.Times(AT, AT, AT, AT, AT),
            new ContainerPorts(List.of(3000))));
    all.put(
        "cancelled build",
        new Build(
            new Build.Identity(ENVIRONMENT, 4, COMMIT),
            BuildState.CANCELLED,
            new Build.Request(BuildOrigin.PUSH, "github", false, 0),
            new Build.Statuses(40, 60, Build.Statuses.ALL_RUNS),
            new Build.Result(null, null, null, "cancelled by ada"),
            null,
            new Build.Times(AT, null, AT, AT, AT),
            null));
  }

  private static void deployments(Map<String, Record> all) {
    all.put(
        "requested deployment",
        Deployment.requested(
            new Deployment.Identity(
                ENVIRONMENT, 1, 1, COMMIT, IMAGE, Origin.MANUAL, "ada", null, null),
            1,
            AT,
            AT));
    all.put(
        "deployment",
        new Deployment(
            new Deployment.Identity(
                ENVIRONMENT,
                7,
                6,
                COMMIT,
                IMAGE,
                Origin.ROLLBACK,
                "ada",
                3L,
                new ContainerPorts(List.of(3000, 9090))),
            DeploymentState.FAILED,
            "eve",
            new HostReport(5_000_000_001L, ReportedState.PENDING),
            new Deployment.Rollout(true, 1, 2, new PodSettings(Map.of("ports", "12ab34cd"))),
            new Deployment.Outcome(
                "it crashes", new Evidence("CrashLoopBackOff", List.of("one", "two"), "panic\n")),
            new Timeline(
                List.of(
                    new TimelineEntry(AT, DeploymentState.REQUESTED, "requested"),
                    new TimelineEntry(AT, DeploymentState.FAILED, "it crashes")),
                AT,
                AT),
            new Deadlines(AT, AT, AT),
            null));
    all.put(
        "drained deployment",
        new Deployment(
            new Deployment.Identity(
                ENVIRONMENT,
                6,
                6,
                COMMIT,
                IMAGE,
                Origin.MANUAL,
                "ada",
                3L,
                new ContainerPorts(List.of(80))),
            DeploymentState.RETIRED,
            null,
            new HostReport(null, ReportedState.INACTIVE),
            new Deployment.Rollout(true, 2, 2, null),
            new Deployment.Outcome(null, null),
            new Timeline(List.of(new TimelineEntry(AT, DeploymentState.RETIRED, "gone")), AT, AT),
            new Deadlines(AT, null, null),
            new Drain(true, AT, AT, AT)));
  }

  private static void deliveries(Map<String, Record> all) {
    Map<String, SourceEvent> events = new LinkedHashMap<>();
    events.put(
        "push",
        new SourceEvent.Pushed(REPOSITORY, 5, BRANCH, COMMIT, false, List.of(), null, COMMIT));
    events.put("forced push", new SourceEvent.Pushed(REPOSITORY, 5, BRANCH, COMMIT, true));
    events.put(
        "push of several commits",
        new SourceEvent.Pushed(
            REPOSITORY, 5, BRANCH, COMMIT, false, List.of(COMMIT, COMMIT), "ada"));
    events.put("branch's end", new SourceEvent.Pushed(REPOSITORY, 5, BRANCH, null, false));
    events.put(
        "status",
        new SourceEvent.StatusChanged(
            REPOSITORY,
            5,
            COMMIT,
            60,
            CommitStatus.State.SUCCESS,
            "buildbot/cite-build",
            List.of(BRANCH, BranchName.parse("main"))));
    events.put("deletion", new SourceEvent.BranchDeleted(REPOSITORY, 5, BRANCH));
    events.put(
        "pull request", new SourceEvent.PullRequestChanged(REPOSITORY, 5, "opened", 12, BRANCH));
    events.put("new name", new SourceEvent.Renamed(REPOSITORY, 5, "renamed"));
    events.put("ping", new SourceEvent.Pinged(REPOSITORY, new HookId(77)));
    events.put("organisation's ping", new SourceEvent.Pinged(null, new HookId(77)));
    events.put("irrelevant event", new SourceEvent.Irrelevant(REPOSITORY, "a tag"));
    events.put("unreadable body", new SourceEvent.Unreadable("no JSON"));
    events.forEach((name, event) -> all.put("delivery of a " + name, delivery(event)));
  }

  private static Delivery delivery(SourceEvent event) {
    return new Delivery(
        new DeliveryId("guid-1"), "push", "ab12", event, AT, Disposition.ignored("because"), 2);
  }

  private static void bookkeeping(Map<String, Record> all) {
    all.put(
        "mark of a delivery",
        PendingDelivery.of(delivery(new SourceEvent.Pinged(REPOSITORY, new HookId(77)))));
    all.put("older mark of a delivery", new PendingDelivery(new DeliveryId("guid-1"), null));
    all.put("check", new CommitCheck(ENVIRONMENT, COMMIT, true, "a push", AT));
    all.put(
        "check of a person's push",
        new CommitCheck(ENVIRONMENT, COMMIT, true, "a push", AT, "ada", COMMIT));
    all.put("older check", new CommitCheck(ENVIRONMENT, COMMIT, true, "a push", null));
    all.put("head", new BranchHead(ENVIRONMENT, "W/\"1\"", COMMIT));
    all.put("head of no branch", new BranchHead(ENVIRONMENT, null, null));
    all.put("hook check", new HookScan(REPOSITORY, AT));
    all.put("redelivery", new RedeliveryRequest(new DeliveryId("guid-1"), 2, AT));
    all.put("open mark", new Key.OpenMark("/cite/.builds/acme/hello/main/3"));
    all.put("heartbeat", new LeaderHeartbeat(AT, AT));
    all.put("first heartbeat", new LeaderHeartbeat(AT, null));
    all.put("hook", new WebhookRecord(new HookId(77), REPOSITORY, 5, "sealed:2"));
    all.put("repository", new RepositoryRecord(REPOSITORY, 5, "sealed:2", new HookId(77L)));
    all.put("new repository", new RepositoryRecord(REPOSITORY, 5, "sealed:2", null));
    all.put("link", new ServiceLink(SERVICE, 5));
    all.put("namespace", new NamespaceReservation("Acme"));
    all.put("leaving", new SharedCleanup(SERVICE));
    all.put("name", new NameReservation(ENVIRONMENT, AT));
    all.put(
        "session of a user",
        new BrowserSession(
            "kim", 583231L, null, null, AT.getEpochSecond(), AT.getEpochSecond(), false));
    all.put(
        "session of a token",
        new BrowserSession(
            null, null, "ci", "ab12", AT.getEpochSecond(), AT.getEpochSecond() + 60, true));
    all.put("request", IdempotentRequest.begun("ab12", AT));
    all.put(
        "answered request",
        new IdempotentRequest(
            "ab12", AT.getEpochSecond(), 202, "{}", "/v1/services/acme/hello", "\"1\""));
    Notice notice =
        new Notice(
            "n-1", Kind.BUILD_FAILED, "acme/hello", "main", COMMIT.value(), "title", "", "u", AT);
    all.put("notice", new OutboxMessage("n-1", notice, TARGET, null, null, 3, AT, AT));
    all.put(
        "status to report",
        new OutboxMessage(
            "s-1",
            null,
            null,
            new OutboxMessage.StatusReport(
                REPOSITORY,
                COMMIT,
                CommitStatus.State.ERROR,
                "buildbot/cite-build",
                "given up",
                "https://cite/v1/services/acme/hello"),
            null,
            0,
            AT,
            null));
    all.put(
        "audit entry to append",
        OutboxMessage.audit(
            "a-1",
            new AuditEntry(
                AT,
                "alice",
                AuditAction.PIN_CLEAR,
                "acme/hello/main",
                AuditEntry.Outcome.ACCEPTED,
                "detail")));
  }
}
