package io.cite.core.engine.rollout;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.AutoDeployRule;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.Origin;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitRelation;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.store.EnvironmentSnapshot;
import io.cite.core.engine.store.EnvironmentStep;
import io.cite.core.port.InstantSource;
import io.cite.core.port.source.Repositories;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides about each successful build, once: the decision and the deployment that it may lead to
 * are stored in one transaction.
 */
public final class AutoDeployer implements EnvironmentStep {
  private final Records records;
  private final Repositories repositories;
  private final InstantSource clock;
  private final RolloutSettings settings;

  public AutoDeployer(
      Records records, Repositories repositories, InstantSource clock, RolloutSettings settings) {
    this.records = records;
    this.repositories = repositories;
    this.clock = clock;
    this.settings = settings;
  }

  /** Decides about one build; false if none awaits it. */
  @Override
  public boolean step(EnvironmentSnapshot view) {
    if (view.state().value().hold().released()) {
      reconsider(view);
      return true;
    }
    Optional<Versioned<Build>> waiting =
        view.builds().stream().filter(build -> build.value().awaitsDecision()).findFirst();
    if (waiting.isEmpty()) {
      return false;
    }
    Build build = waiting.get().value();
    @Nullable Deployment newest = view.newestStanding().orElse(null);
    EnvironmentState state = view.state().value();
    Optional<String> refusal =
        AutoDeployRule.refusal(build, view.settings().value().autoDeploy(), state, newest);
    if (refusal.isEmpty()) {
      refusal = byHistory(view, build, newest);
    }
    Instant now = clock.instant();
    Records.Write write = records.write();
    if (refusal.isPresent()) {
      write.replace(waiting.get(), build.decided(refusal.get())).require(view.state());
    } else {
      EnvironmentState next = state.nextSeq();
      Deployment deployment =
          Deployment.requested(
              new Deployment.Identity(
                  view.id(),
                  next.lastSeq(),
                  next.lastSeq(),
                  build.commit(),
                  Objects.requireNonNull(build.image()),
                  Origin.AUTO,
                  "cite",
                  build.number(),
                  view.service().value().portsOf(build.ports())),
              view.settings().value().replicas().count(),
              now,
              now.plus(settings.rolloutTimeout()));
      write
          .replace(waiting.get(), build.decided("deployed as " + next.lastSeq()))
          .replace(view.state(), next)
          .create(Keys.deployment(view.id(), next.lastSeq()), deployment)
          .audit(
              new AuditEntry(
                  now,
                  "cite",
                  AuditAction.DEPLOYMENT_REQUEST,
                  view.id().toString(),
                  AuditEntry.Outcome.ACCEPTED,
                  "deployment "
                      + next.lastSeq()
                      + " of build "
                      + build.number()
                      + " of "
                      + build.commit()));
    }
    write.commitOrRetry();
    return true;
  }

  /** Auto-deploy was released: the newest of what was built meanwhile is decided about again. */
  private void reconsider(EnvironmentSnapshot view) {
    EnvironmentState state = view.state().value();
    List<Build> builds = view.builds().stream().map(Versioned::value).toList();
    Records.Write write = records.write().replace(view.state(), state.released(false));
    AutoDeployRule.pending(builds, state.head(), view.newestStanding().orElse(null))
        .flatMap(
            waiting ->
                view.builds().stream()
                    .filter(stored -> stored.value().number() == waiting.number())
                    .findFirst())
        .ifPresent(stored -> write.replace(stored, stored.value().decided(null)));
    write.commitOrRetry();
  }

  private Optional<String> byHistory(
      EnvironmentSnapshot view, Build build, @Nullable Deployment newest) {
    RepositoryName repository = view.service().value().repository();
    CommitId commit = build.commit();
    @Nullable CommitId head = repositories.head(repository, view.id().branch()).orElse(null);
    @Nullable CommitRelation toHead = null;
    @Nullable CommitRelation fromNewest = null;
    if (head != null && !head.equals(commit)) {
      toHead = repositories.compare(repository, commit, head).orElse(null);
      if (newest != null) {
        fromNewest = repositories.compare(repository, newest.commit(), commit).orElse(null);
      }
    }
    return AutoDeployRule.refusal(build, head, toHead, newest, fromNewest);
  }

  /** The image that a commit's newest successful build in the environment made. */
  static Optional<ImageReference> imageOf(EnvironmentSnapshot view, CommitId commit) {
    return view.builds().stream()
        .map(Versioned::value)
        .filter(build -> build.commit().equals(commit) && build.image() != null)
        .reduce((first, second) -> second)
        .map(Build::image);
  }
}
