package io.cite.server.web;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.Evidence;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.server.web.text.Texts;
import io.cite.server.web.view.Action;
import io.cite.server.web.view.Failure;
import io.cite.server.web.view.Link;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What failed, with what is known about it and what helps. */
final class Failures {
  private final Visit visit;
  private final Texts t;
  private final EnvironmentId id;
  private final boolean mayPush;

  Failures(Visit visit, EnvironmentId id, boolean mayPush) {
    this.visit = visit;
    this.t = visit.t();
    this.id = id;
    this.mayPush = mayPush;
  }

  /** What failed last in an environment; null if that worked. */
  @Nullable Failure of(EnvironmentFacts facts) {
    Deployment live = facts.live();
    if (live != null && live.hasNoEndpoints()) {
      return of(live, t.of("failure.usersAffected"));
    }
    Deployment deployment = facts.failedDeployment();
    Build build = facts.failedBuild();
    if (deployment != null
        && (build == null
            || deployment.timeline().requestedAt().isAfter(build.times().requestedAt()))) {
      return of(
          deployment,
          live == null
              ? t.of("failure.nobodyServed")
              : t.of("failure.usersUnaffected", live.commit().abbreviated()));
    }
    return build == null ? null : of(build);
  }

  /** A deployment that failed. */
  Failure of(Deployment deployment, @Nullable String users) {
    Evidence evidence = deployment.outcome().evidence();
    return new Failure(
        t.of(
            "failure.deployment",
            deployment.seq(),
            deployment.commit().abbreviated(),
            t.ago(deployment.timeline().last().at(), visit.now())),
        Objects.requireNonNullElse(deployment.cause(), deployment.timeline().last().text()),
        users,
        evidence == null ? null : evidence.podReason(),
        evidence == null ? List.of() : evidence.events(),
        evidence == null ? "" : evidence.log(),
        new Link(Hrefs.deployment(id, deployment.seq()), t.of("failure.more")),
        mayPush
            ? new Action(
                Hrefs.of(id) + "/deploy?commit=" + deployment.commit(),
                t.of("order.deployAgain"),
                true)
            : null);
  }

  private Failure of(Build build) {
    String tail = build.result().logTail();
    return new Failure(
        t.of(
            "failure.build",
            build.number(),
            build.commit().abbreviated(),
            t.ago(
                Objects.requireNonNullElse(build.times().endedAt(), build.times().requestedAt()),
                visit.now())),
        Objects.requireNonNullElse(build.cause(), t.of(build.state())),
        null,
        null,
        List.of(),
        tail == null ? "" : tail,
        new Link(Hrefs.build(id, build.number()), t.of("failure.more")),
        mayPush
            ? new Action(
                Hrefs.of(id) + "/build?commit=" + build.commit(), t.of("order.rebuild"), true)
            : null);
  }
}
