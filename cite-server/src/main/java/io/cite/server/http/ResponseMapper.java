package io.cite.server.http;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.Evidence;
import io.cite.core.domain.deploy.TimelineEntry;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.service.StepRecord;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.engine.StateChanges;
import io.cite.core.port.AuditTrail;
import io.cite.core.usecase.create.Plan;
import io.cite.core.usecase.operate.Explain;
import io.cite.core.usecase.operate.ReadCatalogue.EnvironmentOverview;
import io.cite.core.usecase.operate.ReadCatalogue.ServiceOverview;
import io.cite.sdk.wire.AuditEntryView;
import io.cite.sdk.wire.BuildOriginView;
import io.cite.sdk.wire.BuildStateView;
import io.cite.sdk.wire.BuildView;
import io.cite.sdk.wire.DeliveryView;
import io.cite.sdk.wire.DeploymentOriginView;
import io.cite.sdk.wire.DeploymentStateView;
import io.cite.sdk.wire.DeploymentView;
import io.cite.sdk.wire.EnvironmentStateView;
import io.cite.sdk.wire.EnvironmentView;
import io.cite.sdk.wire.EventView;
import io.cite.sdk.wire.EvidenceView;
import io.cite.sdk.wire.NotificationTargetView;
import io.cite.sdk.wire.PlanView;
import io.cite.sdk.wire.PlannedChangeView;
import io.cite.sdk.wire.PlannedPortView;
import io.cite.sdk.wire.ProbeView;
import io.cite.sdk.wire.ServiceStateView;
import io.cite.sdk.wire.ServiceView;
import io.cite.sdk.wire.StepStateView;
import io.cite.sdk.wire.StepView;
import io.cite.sdk.wire.TimelineEntryView;
import io.cite.sdk.wire.WhyEntryView;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the core knows, as it is shown outside. Secrets have no way through here. */
final class ResponseMapper {
  private ResponseMapper() {}

  static ServiceView service(ServiceOverview view) {
    ServiceSettings settings = view.settings();
    return new ServiceView(
        settings.id().namespace().value(),
        settings.id().name().value(),
        settings.repository().toString(),
        settings.branch().value(),
        ServiceStateView.parse(view.record().state().name()),
        view.record().steps().stream().map(ResponseMapper::step).toList(),
        view.environments().stream().map(ResponseMapper::environment).toList(),
        settings.ports().values(),
        settings.portsFrom(),
        new ProbeView(settings.probe().path(), settings.probe().port()),
        settings.replicas().count(),
        settings.autoDeploy(),
        settings.removeWithBranch(),
        settings.variables().values(),
        settings.secretNames(),
        settings.notifications().stream().map(ResponseMapper::target).toList(),
        settings.createdAt(),
        view.record().cause(),
        PendingMapper.next(view));
  }

  private static NotificationTargetView target(NotificationTarget.Sealed target) {
    return new NotificationTargetView(
        target.type().name().toLowerCase(Locale.ROOT), target.shown());
  }

  private static StepView step(StepRecord step) {
    StepStateView state =
        step.progress() == StepRecord.Progress.STARTED
            ? StepStateView.RUNNING
            : StepStateView.parse(step.progress().name());
    return new StepView(step.step().text(), state, step.detail(), step.at());
  }

  static EnvironmentView environment(EnvironmentOverview view) {
    return new EnvironmentView(
        view.settings().id().slug().value(),
        view.settings().id().branch().value(),
        state(view),
        view.live() == null ? null : deployment(view.live()),
        view.state().pinnedBy() != null,
        view.settings().autoDeploy(),
        view.settings().removeWithBranch(),
        view.settings().replicas().count(),
        view.readyPods(),
        view.url(),
        view.lastBuild() == null ? null : build(view.lastBuild()),
        view.settings().variables().values(),
        view.settings().id().name(),
        view.settings().secretNames(),
        view.state().notes(),
        PendingMapper.pin(view.state()),
        PendingMapper.commit(view),
        PendingMapper.settings(view));
  }

  static EnvironmentStateView state(EnvironmentOverview view) {
    if (view.state().deleting()) {
      return EnvironmentStateView.DELETING;
    }
    if (view.underWay() != null) {
      return EnvironmentStateView.DEPLOYING;
    }
    if (view.live() != null) {
      return view.readyPods() >= view.settings().replicas().count()
          ? EnvironmentStateView.LIVE
          : EnvironmentStateView.DEGRADED;
    }
    Build last = view.lastBuild();
    if (last != null && !last.state().isFinal()) {
      return EnvironmentStateView.BUILDING;
    }
    return view.state().lastSeq() > 0 || (last != null && last.state().isFailure())
        ? EnvironmentStateView.FAILED
        : EnvironmentStateView.EMPTY;
  }

  static BuildView build(Build build) {
    ImageReference image = build.image();
    LogUrl log = build.result().logUrl();
    return new BuildView(
        build.number(),
        build.commit().toString(),
        BuildStateView.parse(build.state().name()),
        image == null ? null : image.toString(),
        image == null || image.digest() == null ? null : image.digest().toString(),
        log == null ? null : log.value(),
        build.times().startedAt(),
        build.times().endedAt(),
        BuildOriginView.parse(build.request().origin().name()),
        build.request().by(),
        build.cause(),
        build.times().requestedAt(),
        build.decision());
  }

  static DeploymentView deployment(Deployment deployment) {
    return new DeploymentView(
        deployment.seq(),
        deployment.commit().toString(),
        deployment.image().toString(),
        DeploymentStateView.parse(deployment.state().name()),
        DeploymentOriginView.parse(deployment.origin().name()),
        deployment.identity().requestedBy(),
        deployment.host().githubId(),
        deployment.rollout().readyPods(),
        deployment.rollout().wantedPods(),
        deployment.cause(),
        evidence(deployment.outcome().evidence()),
        deployment.timeline().entries().stream()
            .map(
                entry ->
                    new TimelineEntryView(
                        entry.at(), DeploymentStateView.parse(entry.state().name()), entry.text()))
            .toList(),
        deployment.timeline().requestedAt(),
        deployment.timeline().endedAt(),
        deployment.identity().build(),
        ports(deployment.identity().ports()));
  }

  private static @Nullable EvidenceView evidence(@Nullable Evidence evidence) {
    return evidence == null
        ? null
        : new EvidenceView(evidence.podReason(), evidence.events(), evidence.log());
  }

  static DeliveryView delivery(Delivery delivery) {
    RepositoryName repository = delivery.repository();
    return new DeliveryView(
        delivery.id().value(),
        delivery.event(),
        delivery.content() instanceof SourceEvent.PullRequestChanged pull ? pull.action() : null,
        repository == null ? null : repository.toString(),
        delivery.receivedAt(),
        delivery.disposition().toString(),
        delivery.disposition().reason(),
        delivery.attempts(),
        delivery.commit() == null ? null : String.valueOf(delivery.commit()));
  }

  static PlanView plan(Plan plan) {
    List<PlannedChangeView> changes =
        plan.changes().stream()
            .map(
                change ->
                    new PlannedChangeView(
                        change.step().text(),
                        change.action().name().toLowerCase(Locale.ROOT),
                        change.target()))
            .toList();
    List<PlannedPortView> ports =
        plan.ports().stream().map(port -> new PlannedPortView(port.number(), port.from())).toList();
    return new PlanView(changes, ports, plan.notes());
  }

  private static List<Integer> ports(@Nullable ContainerPorts ports) {
    return ports == null ? List.of() : ports.values();
  }

  static WhyEntryView why(Explain.Entry entry, CommitId commit) {
    return new WhyEntryView(
        entry.at(),
        entry.kind().name().toLowerCase(Locale.ROOT),
        entry.text(),
        entry.ref(),
        entry.buildIn() == null ? null : PendingMapper.build(entry.buildIn(), commit));
  }

  static AuditEntryView audit(AuditTrail.Numbered numbered) {
    return new AuditEntryView(
        numbered.entry().at(),
        numbered.entry().actor(),
        numbered.entry().action().code(),
        numbered.entry().target(),
        numbered.entry().outcome().name().toLowerCase(Locale.ROOT),
        numbered.entry().detail(),
        numbered.sequence());
  }

  static EventView event(StateChanges.Change change) {
    String id = Long.toString(change.id());
    String service = change.service().toString();
    String slug = change.environment() == null ? null : change.environment().slug().value();
    if (change.build() != null) {
      Build build = change.build();
      String text = build.cause() == null ? "build " + build.number() : build.cause();
      return new EventView(
          id,
          "build",
          service,
          slug,
          build.times().endedAt() == null ? build.times().startedAt() : build.times().endedAt(),
          build.state().name(),
          build.number(),
          null,
          text);
    }
    if (change.deployment() != null) {
      Deployment deployment = change.deployment();
      TimelineEntry last = deployment.timeline().last();
      return new EventView(
          id,
          "deployment",
          service,
          slug,
          last.at(),
          deployment.state().name(),
          deployment.identity().build(),
          deployment.seq(),
          deployment.cause() == null ? last.text() : deployment.cause());
    }
    ServiceRecord record = change.record();
    return new EventView(
        id,
        "service",
        service,
        null,
        record == null
            ? null
            : record.steps().stream()
                .map(StepRecord::at)
                .max(Comparator.naturalOrder())
                .orElse(record.requestedAt()),
        record == null ? null : record.state().name(),
        null,
        null,
        record == null ? null : record.cause());
  }
}
