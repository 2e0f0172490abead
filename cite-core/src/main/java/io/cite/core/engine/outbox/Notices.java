package io.cite.core.engine.outbox;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.OutboxMessage;
import io.cite.core.port.Notifications.Kind;
import io.cite.core.port.Notifications.Notice;
import java.time.Instant;
import java.util.function.Function;

/** Words the notices of builds and deployments and queues them, each once for each target. */
public final class Notices {
  private final Function<EnvironmentId, String> links;

  /**
   * Words notices.
   *
   * @param links the page about an environment
   */
  public Notices(Function<EnvironmentId, String> links) {
    this.links = links;
  }

  public void of(Records.Write write, ServiceSettings service, Build build, Instant at) {
    String what = "build " + build.number() + " of " + build.environment();
    String commit = build.commit().abbreviated();
    switch (build.state()) {
      case QUEUED, CANCELLED -> {}
      case RUNNING ->
          queue(
              write,
              service,
              build,
              Kind.BUILD_STARTED,
              what + " started (" + commit + ")",
              "",
              at);
      case SUCCEEDED ->
          queue(
              write,
              service,
              build,
              Kind.BUILD_SUCCEEDED,
              what + " succeeded (" + commit + ")",
              "Image: " + build.image(),
              at);
      case FAILED, ERRORED, TIMED_OUT ->
          queue(
              write,
              service,
              build,
              Kind.BUILD_FAILED,
              what + " failed (" + commit + "): " + build.cause(),
              build.result().logTail() == null ? "" : build.result().logTail(),
              at);
    }
  }

  private void queue(
      Records.Write write,
      ServiceSettings service,
      Build build,
      Kind kind,
      String title,
      String text,
      Instant at) {
    String id = build.environment().name() + ".build-" + build.number() + "." + kind;
    queue(write, service, build.environment(), build.commit().value(), id, kind, title, text, at);
  }

  public void of(Records.Write write, ServiceSettings service, Deployment deployment, Instant at) {
    String what = "deployment " + deployment.seq() + " of " + deployment.environment();
    String commit = deployment.commit().abbreviated();
    switch (deployment.state()) {
      case ROLLING_OUT ->
          queue(
              write,
              service,
              deployment,
              Kind.DEPLOYMENT_STARTED,
              what + " started (" + commit + ")",
              "Image: " + deployment.image(),
              at);
      case LIVE -> {
        if (deployment.hasNoEndpoints()) {
          failed(write, service, deployment, what + " failed (" + commit + "): ", at);
        } else {
          queue(
              write,
              service,
              deployment,
              Kind.DEPLOYMENT_LIVE,
              what + " is live (" + commit + ")",
              "Image: " + deployment.image(),
              at);
        }
      }
      case FAILED -> failed(write, service, deployment, what + " failed (" + commit + "): ", at);
      case REQUESTED, ANNOUNCED, READY, RETIRED, SUPERSEDED, CANCELLED -> {}
    }
  }

  private void failed(
      Records.Write write,
      ServiceSettings service,
      Deployment deployment,
      String title,
      Instant at) {
    queue(
        write,
        service,
        deployment,
        Kind.DEPLOYMENT_FAILED,
        title + deployment.cause(),
        deployment.outcome().evidence() == null ? "" : deployment.outcome().evidence().log(),
        at);
  }

  private void queue(
      Records.Write write,
      ServiceSettings service,
      Deployment deployment,
      Kind kind,
      String title,
      String text,
      Instant at) {
    String id = deployment.environment().name() + ".deployment-" + deployment.seq() + "." + kind;
    queue(
        write,
        service,
        deployment.environment(),
        deployment.commit().value(),
        id,
        kind,
        title,
        text,
        at);
  }

  private void queue(
      Records.Write write,
      ServiceSettings service,
      EnvironmentId environment,
      String commit,
      String id,
      Kind kind,
      String title,
      String text,
      Instant at) {
    int number = 0;
    for (NotificationTarget.Sealed target : service.notifications()) {
      String itemId = environment.namespace() + "." + id + "." + number++;
      Notice notice =
          new Notice(
              itemId,
              kind,
              environment.service().toString(),
              environment.branch().value(),
              commit,
              title,
              text,
              links.apply(environment),
              at);
      write.put(Keys.outboxMessage(itemId), OutboxMessage.notice(notice, target, at));
    }
  }
}
