package io.cite.server.http;

import io.cite.core.domain.deploy.Evidence;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.service.StepRecord;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.StateChanges;
import io.cite.core.port.AuditTrail;
import io.cite.core.usecase.create.Plan;
import io.cite.core.usecase.operate.Explain;
import io.cite.core.usecase.operate.ReadCatalogue.EnvironmentView;
import io.cite.core.usecase.operate.ReadCatalogue.ServiceView;
import io.cite.sdk.wire.AuditEntry;
import io.cite.sdk.wire.Build;
import io.cite.sdk.wire.BuildOrigin;
import io.cite.sdk.wire.BuildState;
import io.cite.sdk.wire.Delivery;
import io.cite.sdk.wire.Deployment;
import io.cite.sdk.wire.DeploymentState;
import io.cite.sdk.wire.Environment;
import io.cite.sdk.wire.EnvironmentState;
import io.cite.sdk.wire.Event;
import io.cite.sdk.wire.Origin;
import io.cite.sdk.wire.PlannedChange;
import io.cite.sdk.wire.Probe;
import io.cite.sdk.wire.Service;
import io.cite.sdk.wire.ServiceState;
import io.cite.sdk.wire.Step;
import io.cite.sdk.wire.StepState;
import io.cite.sdk.wire.TimelineEntry;
import io.cite.sdk.wire.WhyEntry;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the core knows, as it is shown outside. Secrets have no way through here. */
final class ResponseMapper {
  private ResponseMapper() {}

  static Service service(ServiceView view) {
    ServiceSettings settings = view.settings();
    return new Service(
        settings.id().namespace().value(),
        settings.id().name().value(),
        settings.repository().toString(),
        settings.branch().value(),
        ServiceState.parse(view.record().state().name()),
        view.record().steps().stream().map(ResponseMapper::step).toList(),
        view.environments().stream().map(ResponseMapper::environment).toList(),
        settings.ports().values(),
        new Probe(settings.probe().path(), settings.probe().port()),
        settings.replicas().count(),
        settings.autoDeploy(),
        settings.removeWithBranch(),
        settings.variables().values(),
        settings.secretNames(),
        settings.notifications().stream().map(ResponseMapper::target).toList(),
        settings.createdAt(),
        view.record().cause());
  }

  private static io.cite.sdk.wire.NotificationTarget target(NotificationTarget target) {
    return new io.cite.sdk.wire.NotificationTarget(
        target.type().name().toLowerCase(Locale.ROOT), target.shown());
  }

  private static Step step(StepRecord step) {
    StepState state =
        step.progress() == StepRecord.Progress.STARTED
            ? StepState.RUNNING
            : StepState.parse(step.progress().name());
    return new Step(step.step().text(), state, step.detail(), step.at());
  }

  static Environment environment(EnvironmentView view) {
    return new Environment(
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
        view.state().notes());
  }

  static EnvironmentState state(EnvironmentView view) {
    if (view.state().deleting()) {
      return EnvironmentState.DELETING;
    }
    if (view.underWay() != null) {
      return EnvironmentState.DEPLOYING;
    }
    if (view.live() != null) {
      return view.readyPods() >= view.settings().replicas().count()
          ? EnvironmentState.LIVE
          : EnvironmentState.DEGRADED;
    }
    io.cite.core.domain.build.Build last = view.lastBuild();
    if (last != null && !last.state().isFinal()) {
      return EnvironmentState.BUILDING;
    }
    return view.state().lastSeq() > 0 || (last != null && last.image() == null)
        ? EnvironmentState.FAILED
        : EnvironmentState.EMPTY;
  }

  static Build build(io.cite.core.domain.build.Build build) {
    ImageReference image = build.image();
    return new Build(
        build.number(),
        build.commit().toString(),
        BuildState.parse(build.state().name()),
        image == null ? null : image.toString(),
        image == null || image.digest() == null ? null : image.digest().toString(),
        build.result().logUrl(),
        build.times().startedAt(),
        build.times().endedAt(),
        BuildOrigin.parse(build.request().origin().name()),
        build.request().by(),
        build.cause(),
        build.times().requestedAt(),
        build.decision());
  }

  static Deployment deployment(io.cite.core.domain.deploy.Deployment deployment) {
    return new Deployment(
        deployment.seq(),
        deployment.commit().toString(),
        deployment.image().toString(),
        DeploymentState.parse(deployment.state().name()),
        Origin.parse(deployment.origin().name()),
        deployment.identity().requestedBy(),
        deployment.host().githubId(),
        deployment.rollout().readyPods(),
        deployment.rollout().wantedPods(),
        deployment.cause(),
        evidence(deployment.outcome().evidence()),
        deployment.timeline().entries().stream()
            .map(
                entry ->
                    new TimelineEntry(
                        entry.at(), DeploymentState.parse(entry.state().name()), entry.text()))
            .toList(),
        deployment.timeline().requestedAt(),
        deployment.timeline().endedAt(),
        deployment.identity().build());
  }

  private static io.cite.sdk.wire.@Nullable Evidence evidence(@Nullable Evidence evidence) {
    return evidence == null
        ? null
        : new io.cite.sdk.wire.Evidence(evidence.podReason(), evidence.events(), evidence.log());
  }

  static Delivery delivery(io.cite.core.domain.source.Delivery delivery) {
    RepositoryName repository = delivery.repository();
    return new Delivery(
        delivery.id(),
        delivery.event(),
        delivery.content() instanceof io.cite.core.domain.source.SourceEvent.PullRequestChanged pull
            ? pull.action()
            : null,
        repository == null ? null : repository.toString(),
        delivery.receivedAt(),
        delivery.disposition().toString(),
        delivery.disposition().reason(),
        delivery.attempts(),
        delivery.commit() == null ? null : String.valueOf(delivery.commit()));
  }

  static io.cite.sdk.wire.Plan plan(Plan plan) {
    List<PlannedChange> changes =
        plan.changes().stream()
            .map(
                change ->
                    new PlannedChange(
                        change.step().text(),
                        change.action().name().toLowerCase(Locale.ROOT),
                        change.target()))
            .toList();
    return new io.cite.sdk.wire.Plan(changes);
  }

  static WhyEntry why(Explain.Entry entry) {
    return new WhyEntry(
        entry.at(), entry.kind().name().toLowerCase(Locale.ROOT), entry.text(), entry.ref());
  }

  static AuditEntry audit(AuditTrail.Numbered numbered) {
    return new AuditEntry(
        numbered.entry().at(),
        numbered.entry().actor(),
        numbered.entry().action().code(),
        numbered.entry().target(),
        numbered.entry().outcome().name().toLowerCase(Locale.ROOT),
        numbered.entry().detail(),
        numbered.sequence());
  }

  static Event event(StateChanges.Change change) {
    String id = Long.toString(change.id());
    String service = change.service().toString();
    String slug = change.environment() == null ? null : change.environment().slug().value();
    if (change.build() != null) {
      io.cite.core.domain.build.Build build = change.build();
      String text = build.cause() == null ? "build " + build.number() : build.cause();
      return new Event(
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
      io.cite.core.domain.deploy.Deployment deployment = change.deployment();
      io.cite.core.domain.deploy.TimelineEntry last = deployment.timeline().last();
      return new Event(
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
    io.cite.core.domain.service.ServiceRecord record = change.record();
    return new Event(
        id,
        "service",
        service,
        null,
        record == null
            ? null
            : record.steps().stream()
                .map(StepRecord::at)
                .max(java.util.Comparator.naturalOrder())
                .orElse(record.requestedAt()),
        record == null ? null : record.state().name(),
        null,
        null,
        record == null ? null : record.cause());
  }
}
