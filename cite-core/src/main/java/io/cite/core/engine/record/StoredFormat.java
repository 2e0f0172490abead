package io.cite.core.engine.record;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildOrigin;
import io.cite.core.domain.build.BuildState;
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
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.domain.service.Probe;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.domain.service.StepRecord;
import io.cite.core.domain.service.Variables;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.Disposition;
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
import io.cite.core.port.Notifications;

/**
 * What CITE's stored documents look like, in one place. Stored names are never changed and never
 * given to something else: documents of earlier versions have them. A component that is added must
 * be nullable, a collection, or a number or flag for which zero or false is right, because earlier
 * documents lack it.
 */
final class StoredFormat {
  private StoredFormat() {}

  /** The stored names of everything that lies in the metadata store. */
  static StoredNames names() {
    StoredNames names = new StoredNames();
    services(names);
    builds(names);
    deployments(names);
    deliveries(names);
    messages(names);
    return names
        .type(CommitCheck.class, "environment commit pushed why at by sameDockerfileAs")
        .type(BranchHead.class, "environment etag commit")
        .type(WebhookRecord.class, "id repository repositoryId sealedSecret")
        .type(RepositoryRecord.class, "repository id sealedHookSecret hookId")
        .type(HookScan.class, "repository until")
        .type(RedeliveryRequest.class, "delivery times at")
        .type(LeaderHeartbeat.class, "at backSince")
        .type(ServiceLink.class, "service repositoryId")
        .type(SharedCleanup.class, "service")
        .type(NamespaceReservation.class, "owner")
        .type(NameReservation.class, "environment at")
        .type(BrowserSession.class, "login userId token tokenSha256 begunAt seenAt ended")
        .type(
            IdempotentRequest.class,
            "request at=epochSecond status body Location=location ETag=etag");
  }

  private static void services(StoredNames names) {
    names
        .type(
            ServiceSettings.class,
            "id repository repositoryId branch ports portsFrom probe replicas autoDeploy"
                + " removeWithBranch variables secretNames notifications createdBy createdAt"
                + " formerNames")
        .type(
            EnvironmentSettings.class,
            "id replicas autoDeploy removeWithBranch variables secretNames secretVersions createdAt")
        .type(EnvironmentSettings.Replicas.class, "count")
        .type(ContainerPorts.class, "values")
        .type(Probe.class, "path port")
        .type(Variables.class, "values")
        .type(NotificationTarget.Sealed.class, "type url sealedUrl")
        .type(NotificationTarget.Type.class, "SLACK WEBHOOK")
        .type(
            ServiceRecord.class,
            "settings state steps sealedSecrets cause requestedBy requestedAt head deletingSince")
        .type(ServiceState.class, "CREATING READY DEGRADED FAILED DELETING")
        .type(StepRecord.class, "step progress detail at undone")
        .type(
            StepRecord.CreateStep.class,
            "NAMESPACE LOG_INDEX WEBHOOKS COLLABORATOR SERVICE_METADATA BRANCH_METADATA"
                + " KUBERNETES_SERVICE")
        .type(
            StepRecord.Progress.class,
            "PENDING STARTED DONE ADOPTED DEGRADED SKIPPED FAILED UNDONE")
        .type(
            EnvironmentState.class,
            "id *numbers live *hold *branch attention deleting setup observed waiting")
        .type(EnvironmentState.Numbers.class, "lastSeq lastBuild")
        .type(
            EnvironmentState.Hold.class, "pinnedBy quarantined pinnedAt pinReason=reason released")
        .type(EnvironmentState.Branch.class, "head branchDeleted=deleted")
        .type(EnvironmentState.Setup.class, "isNew sealedSecrets removedSecrets by")
        .type(EnvironmentState.Observed.class, "rollout readyPods url at")
        .type(EnvironmentState.Waiting.class, "what since until");
  }

  private static void builds(StoredNames names) {
    names
        .type(Build.class, "*identity state *request *statuses *result decision *times ports")
        .type(Build.Identity.class, "environment number commit")
        .type(Build.Request.class, "origin requestedBy=by requested=sent requestAttempts=attempts")
        .type(Build.Statuses.class, "statusFloor=floor statusSeen=seen runsSeen=runs")
        .type(Build.Result.class, "image logUrl logTail cause")
        .type(Build.Times.class, "requestedAt startedAt endedAt deadline askedAt")
        .type(BuildState.class, "QUEUED RUNNING SUCCEEDED FAILED ERRORED TIMED_OUT CANCELLED")
        .type(BuildOrigin.class, "PUSH MANUAL OBSERVED SWEEP");
  }

  private static void deployments(StoredNames names) {
    names
        .type(
            Deployment.class,
            "*identity state cancelRequestedBy *host *rollout *outcome *timeline *deadlines drain")
        .type(
            Deployment.Identity.class,
            "environment seq rolloutSeq commit image origin requestedBy build ports")
        .type(HostReport.class, "githubId reported")
        .type(Deployment.Rollout.class, "rolledOut=mayExist readyPods wantedPods settings")
        .type(PodSettings.class, "digests")
        .type(Deployment.Outcome.class, "cause evidence")
        .type(Timeline.class, "timeline=entries requestedAt endedAt")
        .type(Deadlines.class, "deadline=rollout confirmUntil=confirmation recheckAt=recheck")
        .type(Drain.class, "atOnce from emptiedAt overAt")
        .type(Origin.class, "AUTO MANUAL ROLLBACK")
        .type(
            DeploymentState.class,
            "REQUESTED ANNOUNCED ROLLING_OUT READY LIVE RETIRED FAILED SUPERSEDED CANCELLED")
        .type(ReportedState.class, "NOTHING PENDING SUCCESS FAILURE INACTIVE UNDELIVERABLE")
        .type(Evidence.class, "podReason events log")
        .type(TimelineEntry.class, "at state text");
  }

  private static void deliveries(StoredNames names) {
    names
        .type(Delivery.class, "id event bodySha256 content receivedAt disposition attempts")
        .type(Disposition.class, "kind reason")
        .type(Disposition.Kind.class, "ACCEPTED APPLIED IGNORED QUARANTINED")
        .type(CommitStatus.State.class, "PENDING SUCCESS FAILURE ERROR")
        .variant(
            SourceEvent.Pushed.class,
            "Pushed",
            "repository repositoryId branch after forced commits pusher sameDockerfileAs")
        .variant(
            SourceEvent.StatusChanged.class,
            "StatusChanged",
            "repository repositoryId commit statusId state context branches")
        .variant(SourceEvent.BranchDeleted.class, "BranchDeleted", "repository repositoryId branch")
        .variant(
            SourceEvent.PullRequestChanged.class,
            "PullRequestChanged",
            "repository repositoryId action number head")
        .variant(SourceEvent.Renamed.class, "Renamed", "repository repositoryId action")
        .variant(SourceEvent.Pinged.class, "Pinged", "repository hookId")
        .variant(SourceEvent.Irrelevant.class, "Irrelevant", "repository reason")
        .variant(SourceEvent.Unreadable.class, "Unreadable", "reason")
        .type(PendingDelivery.class, "delivery content")
        .type(Key.OpenMark.class, "key");
  }

  private static void messages(StoredNames names) {
    names
        .type(OutboxMessage.class, "id notice target status audit attempts since next")
        .type(AuditEntry.class, "at actor action target outcome detail")
        .type(AuditEntry.Outcome.class, "ACCEPTED DONE DENIED FAILED")
        .type(
            AuditAction.class,
            "SERVICE_CREATE SERVICE_UPDATE SERVICE_DELETE ENVIRONMENT_ADD ENVIRONMENT_UPDATE"
                + " ENVIRONMENT_DELETE BUILD_REQUEST IMAGE_REJECT DEPLOYMENT_REQUEST"
                + " DEPLOYMENT_END DEPLOYMENT_ACTIVATE DEPLOYMENT_CANCEL PIN_CLEAR"
                + " DELIVERY_REFUSE ACCESS_DENY GARBAGE_COLLECT REPAIR BUILD_REJECT BUILD_CANCEL"
                + " REPOSITORY_RENAME")
        .type(
            OutboxMessage.StatusReport.class,
            "repository commit state context description targetUrl")
        .type(Notifications.Notice.class, "id kind service branch commit title text url at")
        .type(
            Notifications.Kind.class,
            "BUILD_STARTED BUILD_SUCCEEDED BUILD_FAILED DEPLOYMENT_STARTED DEPLOYMENT_LIVE"
                + " DEPLOYMENT_FAILED");
  }
}
