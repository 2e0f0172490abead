package io.cite.sdk.wire;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One filled record of each kind, and sparse ones of those that often are. */
final class Examples {
  private static final Instant AT = Instant.parse("2026-03-01T10:15:30Z");
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final String IMAGE = "registry.example/acme/hello:" + COMMIT;

  private static final Build BUILD =
      new Build(
          7,
          COMMIT,
          BuildState.SUCCEEDED,
          IMAGE,
          "sha256:" + "ab".repeat(32),
          "https://buildbot.example/api/v2/logs/12/contents",
          AT,
          AT.plusSeconds(90),
          BuildOrigin.PUSH,
          "octocat",
          null,
          AT.minusSeconds(5),
          "deployed as 3");

  private static final TimelineEntry ENTRY =
      new TimelineEntry(AT, DeploymentState.ROLLING_OUT, "controller hello-main-3 created");

  private static final Evidence EVIDENCE =
      new Evidence("CrashLoopBackOff", List.of("Back-off restarting failed container"), "boom\n");

  private static final Deployment DEPLOYMENT =
      new Deployment(
          3,
          COMMIT,
          IMAGE,
          DeploymentState.FAILED,
          Origin.MANUAL,
          "octocat",
          42L,
          1,
          2,
          "a pod keeps crashing",
          EVIDENCE,
          List.of(ENTRY),
          AT,
          AT.plusSeconds(60),
          7L);

  private static final Environment ENVIRONMENT =
      new Environment(
          "main",
          "main",
          EnvironmentState.LIVE,
          DEPLOYMENT,
          true,
          false,
          true,
          2,
          1,
          "http://hello-main.example",
          BUILD,
          Map.of("A", "1"),
          "hello-main",
          List.of("K"),
          "the branch was deleted");

  private static final Step STEP = new Step("namespace", StepState.DONE, "created", AT);
  private static final NotificationTarget TARGET =
      new NotificationTarget("slack", "https://hooks.example/1");

  private static final Service SERVICE =
      new Service(
          "acme",
          "hello",
          "acme/hello",
          "main",
          ServiceState.DEGRADED,
          List.of(STEP),
          List.of(ENVIRONMENT),
          List.of(8080, 9090),
          Probe.http("/"),
          2,
          true,
          false,
          Map.of("A", "1"),
          List.of("K"),
          List.of(TARGET),
          AT,
          "the log index could not be reached");

  private Examples() {}

  static Map<String, Object> all() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("Build", BUILD);
    all.put("Build.queued", queuedBuild());
    all.put("TimelineEntry", ENTRY);
    all.put("Evidence", EVIDENCE);
    all.put("Deployment", DEPLOYMENT);
    all.put("Deployment.requested", requestedDeployment());
    all.put("Environment", ENVIRONMENT);
    all.put("Environment.empty", emptyEnvironment());
    all.put("Step", STEP);
    all.put("NotificationTarget", TARGET);
    all.put("Probe", new Probe("/ready", 8081));
    all.put("Service", SERVICE);
    all.put(
        "Delivery",
        new Delivery(
            "72d3162e-cc78-11e3-81ab-4c9367dc0958",
            "pull_request",
            "closed",
            "acme/hello",
            AT,
            "ignored",
            "other context",
            1,
            COMMIT));
    all.put("DeliveryReceipt", new DeliveryReceipt("72d3162e", "accepted"));
    all.put(
        "AuditEntry",
        new AuditEntry(AT, "octocat", "service.create", "acme/hello", "done", "branch main", 12));
    all.put(
        "Event",
        new Event("99", "deployment", "acme/hello", "main", AT, "LIVE", 7L, 3L, "3 is live"));
    all.put(
        "Problem",
        new Problem("urn:cite:error:conflict", "Conflict", 409, "in use", "conflict", "e-1"));
    all.put("PlannedChange", new PlannedChange("namespace", "create", "acme"));
    all.put("Plan", new Plan(List.of(new PlannedChange("namespace", "create", "acme"))));
    all.put("Page", new Page<>(List.of("a", "b"), "c2"));
    all.put("Page.last", new Page<>(List.of(), null));
    all.put("WhyEntry", new WhyEntry(AT, "decision", "auto-deploy is off", "acme/hello/main"));
    all.put(
        "Why",
        new Why(COMMIT, "acme/hello", List.of(new WhyEntry(AT, "build", "succeeded", null))));
    all.put("CreateService", createService());
    all.put("CreateService.least", CreateService.of("acme/hello"));
    all.put("AddEnvironment", new AddEnvironment("feature/x"));
    all.put(
        "EnvironmentSettings",
        new EnvironmentSettings(
            3, false, true, Map.of("A", "2"), Map.of("K", "v"), List.of(80), Probe.tcp()));
    all.put("EnvironmentSettings.one", EnvironmentSettings.unchanged().withReplicas(3));
    all.put(
        "ServiceSettings",
        new ServiceSettings(
            List.of(80),
            Probe.http("/"),
            3,
            true,
            true,
            Map.of("A", "2"),
            Map.of("K", "v"),
            List.of(TARGET)));
    all.put("ServiceSettings.one", ServiceSettings.unchanged().withAutoDeploy(false));
    all.put("BuildRequest", new BuildRequest(COMMIT));
    all.put("BuildRequest.head", new BuildRequest(null));
    all.put("DeployRequest", DeployRequest.ofCommit(COMMIT));
    all.put("DeployRequest.build", DeployRequest.ofBuild(7));
    return all;
  }

  static CreateService createService() {
    return CreateService.of("acme/hello")
        .withBranch("main")
        .withName("hello")
        .withPorts(List.of(8080))
        .withProbe(Probe.http("/"))
        .withReplicas(2)
        .withAutoDeploy(true)
        .withRemoveWithBranch(true)
        .withVariables(Map.of("A", "1"))
        .withSecrets(Map.of("K", "canary-7f3a"))
        .withNotifications(List.of(TARGET));
  }

  private static Build queuedBuild() {
    return new Build(
        8,
        COMMIT,
        BuildState.QUEUED,
        null,
        null,
        null,
        null,
        null,
        BuildOrigin.MANUAL,
        null,
        null,
        AT,
        null);
  }

  private static Deployment requestedDeployment() {
    return new Deployment(
        4,
        COMMIT,
        null,
        DeploymentState.REQUESTED,
        Origin.ROLLBACK,
        null,
        null,
        0,
        2,
        null,
        null,
        List.of(),
        AT,
        null,
        null);
  }

  private static Environment emptyEnvironment() {
    return new Environment(
        "feature-x-1a2b",
        "feature/x",
        EnvironmentState.EMPTY,
        null,
        false,
        true,
        false,
        1,
        0,
        null,
        null,
        Map.of(),
        "hello-feature-x-1a2b",
        List.of(),
        null);
  }
}
