package io.cite.core.engine.builds;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildOrigin;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.port.InstantSource;
import io.cite.core.port.source.Reports;
import java.time.Duration;
import java.time.Instant;

/**
 * Orders the first build of a new environment: nobody pushes what the branch has already. Statuses
 * that the commit has by then speak of earlier builds.
 */
public final class FirstBuild {
  private final Reports reports;
  private final InstantSource clock;
  private final String statusContext;
  private final Duration timeout;

  /**
   * Orders builds.
   *
   * @param statusContext context of the builder's commit statuses
   * @param timeout how long a build may show no progress
   */
  public FirstBuild(Reports reports, InstantSource clock, String statusContext, Duration timeout) {
    this.reports = reports;
    this.clock = clock;
    this.statusContext = statusContext;
    this.timeout = timeout;
  }

  /**
   * Puts the build into the transaction.
   *
   * @param by who asked for the environment
   * @return the state of the environment with the build's number given out
   */
  public EnvironmentState order(
      Records.Write write,
      RepositoryName repository,
      EnvironmentState state,
      CommitId head,
      String by) {
    long floor =
        reports.statuses(repository, head, statusContext).stream()
            .mapToLong(CommitStatus::id)
            .max()
            .orElse(0);
    EnvironmentState next = state.nextBuild().withHead(head);
    Instant now = clock.instant();
    Build build =
        Build.queued(
            next.id(),
            next.lastBuild(),
            head,
            BuildOrigin.MANUAL,
            by,
            floor,
            now,
            now.plus(timeout));
    write.create(Keys.build(next.id(), next.lastBuild()), build);
    return next;
  }
}
