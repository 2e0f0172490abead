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

  private static final BuildView BUILD =
      new BuildView(
          7,
          COMMIT,
          BuildStateView.SUCCEEDED,
          IMAGE,
          "sha256:" + "ab".repeat(32),
          "https://buildbot.example/api/v2/logs/12/contents",
          AT,
          AT.plusSeconds(90),
          BuildOriginView.PUSH,
          "octocat",
          null,
          AT.minusSeconds(5),
          "deployed as 3");

  private static final TimelineEntryView ENTRY =
      new TimelineEntryView(AT, DeploymentStateView.ROLLING_OUT, "controller hello-main-3 created");

  private static final EvidenceView EVIDENCE =
      new EvidenceView(
          "CrashLoopBackOff", List.of("Back-off restarting failed container"), "boom\n");

  private static final DeploymentView DEPLOYMENT =
      new DeploymentView(
          3,
          COMMIT,
          IMAGE,
          DeploymentStateView.FAILED,
          DeploymentOriginView.MANUAL,
          "octocat",
          42L,
          1,
          2,
          "a pod keeps crashing",
          EVIDENCE,
          List.of(ENTRY),
          AT,
          AT.plusSeconds(60),
          7L,
          List.of(8080, 9090));

  private static final EnvironmentView ENVIRONMENT =
      new EnvironmentView(
          "main",
          "main",
          EnvironmentStateView.LIVE,
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
          "the branch was deleted",
          new PinView("octocat", AT, "the prices are wrong"),
          new PendingCommitView(
              COMMIT,
              8L,
              "The environment is pinned.",
              new OrderView("DELETE", "/v1/services/acme/hello/environments/main/pin", null)),
          new PendingSettingsView(
              List.of("variables.A"),
              new OrderView(
                  "POST",
                  "/v1/services/acme/hello/environments/main/deployments",
                  Map.of("commit", COMMIT))));

  private static final OrderView ORDER = new OrderView("POST", "/v1/x", Map.of("commit", COMMIT));
  private static final StepView STEP = new StepView("namespace", StepStateView.DONE, "created", AT);
  private static final NotificationTargetView TARGET =
      new NotificationTargetView("slack", "https://hooks.example/1");

  private static final ServiceView SERVICE =
      new ServiceView(
          "acme",
          "hello",
          "acme/hello",
          "main",
          ServiceStateView.DEGRADED,
          List.of(STEP),
          List.of(ENVIRONMENT),
          List.of(8080, 9090),
          "8080 from EXPOSE in line 2; 9090 from EXPOSE in line 3",
          ProbeView.http("/"),
          2,
          true,
          false,
          Map.of("A", "1"),
          List.of("K"),
          List.of(TARGET),
          AT,
          "the log index could not be reached",
          "The head of the branch main is built and deployed once the service is ready.");

  private Examples() {}

  static Map<String, Object> all() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("BuildView", BUILD);
    all.put("BuildView.queued", queuedBuild());
    all.put("TimelineEntryView", ENTRY);
    all.put("EvidenceView", EVIDENCE);
    all.put("DeploymentView", DEPLOYMENT);
    all.put("DeploymentView.requested", requestedDeployment());
    all.put("EnvironmentView", ENVIRONMENT);
    all.put("EnvironmentView.empty", emptyEnvironment());
    all.put("StepView", STEP);
    all.put("NotificationTargetView", TARGET);
    all.put("ProbeView", new ProbeView("/ready", 8081));
    all.put("ServiceView", SERVICE);
    all.put(
        "DeliveryView",
        new DeliveryView(
            "72d3162e-cc78-11e3-81ab-4c9367dc0958",
            "pull_request",
            "closed",
            "acme/hello",
            AT,
            "ignored",
            "other context",
            1,
            COMMIT));
    all.put("DeliveryReceiptView", new DeliveryReceiptView("72d3162e", "accepted"));
    all.put(
        "AuditEntryView",
        new AuditEntryView(
            AT, "octocat", "service.create", "acme/hello", "done", "branch main", 12));
    all.put(
        "EventView",
        new EventView("99", "deployment", "acme/hello", "main", AT, "LIVE", 7L, 3L, "3 is live"));
    all.put(
        "ProblemView",
        new ProblemView("urn:cite:error:conflict", "Conflict", 409, "in use", "conflict", "e-1"));
    all.put("PlannedChangeView", new PlannedChangeView("namespace", "create", "acme"));
    all.put("PlannedPortView", new PlannedPortView(8080, "EXPOSE in line 2"));
    all.put(
        "PlanView",
        new PlanView(
            List.of(new PlannedChangeView("namespace", "create", "acme")),
            List.of(new PlannedPortView(8080, "EXPOSE in line 2")),
            List.of("line 3: EXPOSE 53/udp is left out, because a service has TCP ports only")));
    all.put("PageView", new PageView<>(List.of("a", "b"), "c2"));
    all.put("PageView.last", new PageView<>(List.of(), null));
    all.put(
        "WhyEntryView",
        new WhyEntryView(AT, "decision", "auto-deploy is off", "acme/hello/main", ORDER));
    all.put(
        "WhyView",
        new WhyView(
            COMMIT, "acme/hello", List.of(new WhyEntryView(AT, "build", "succeeded", null, null))));
    all.put("CreateServiceRequest", createService());
    all.put("CreateServiceRequest.least", CreateServiceRequest.of("acme/hello"));
    all.put("AddEnvironmentRequest", new AddEnvironmentRequest("feature/x"));
    all.put(
        "UpdateEnvironmentRequest",
        new UpdateEnvironmentRequest(
            3, false, true, Map.of("A", "2"), Map.of("K", "v"), List.of(80), ProbeView.tcp()));
    all.put("UpdateEnvironmentRequest.one", UpdateEnvironmentRequest.unchanged().withReplicas(3));
    all.put(
        "UpdateServiceRequest",
        new UpdateServiceRequest(
            List.of(80),
            ProbeView.http("/"),
            3,
            true,
            true,
            Map.of("A", "2"),
            Map.of("K", "v"),
            List.of(TARGET)));
    all.put("UpdateServiceRequest.one", UpdateServiceRequest.unchanged().withAutoDeploy(false));
    all.put("BuildRequest", new BuildRequest(COMMIT));
    all.put("BuildRequest.head", new BuildRequest(null));
    all.put("DeployRequest", DeployRequest.ofCommit(COMMIT));
    all.put("DeployRequest.build", DeployRequest.ofBuild(7));
    all.put("ActivateRequest", new ActivateRequest("the prices are wrong"));
    all.put("ActivateRequest.none", new ActivateRequest(null));
    all.put("PinView", new PinView("octocat", AT, null));
    all.put("OrderView", ORDER);
    all.put("PendingCommitView", new PendingCommitView(COMMIT, null, "It is not built.", null));
    all.put("PendingSettingsView", new PendingSettingsView(List.of("ports"), null));
    return all;
  }

  static CreateServiceRequest createService() {
    return CreateServiceRequest.of("acme/hello")
        .withBranch("main")
        .withName("hello")
        .withPorts(List.of(8080))
        .withProbe(ProbeView.http("/"))
        .withReplicas(2)
        .withAutoDeploy(true)
        .withRemoveWithBranch(true)
        .withVariables(Map.of("A", "1"))
        .withSecrets(Map.of("K", "canary-7f3a"))
        .withNotifications(List.of(TARGET));
  }

  private static BuildView queuedBuild() {
    return new BuildView(
        8,
        COMMIT,
        BuildStateView.QUEUED,
        null,
        null,
        null,
        null,
        null,
        BuildOriginView.MANUAL,
        null,
        null,
        AT,
        null);
  }

  private static DeploymentView requestedDeployment() {
    return new DeploymentView(
        4,
        COMMIT,
        null,
        DeploymentStateView.REQUESTED,
        DeploymentOriginView.ROLLBACK,
        null,
        null,
        0,
        2,
        null,
        null,
        List.of(),
        AT,
        null,
        null,
        List.of());
  }

  private static EnvironmentView emptyEnvironment() {
    return new EnvironmentView(
        "feature-x-1a2b",
        "feature/x",
        EnvironmentStateView.EMPTY,
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
        null,
        null,
        null,
        null);
  }
}
