package io.cite.core.port;

import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.Commit;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import java.util.List;
import java.util.Optional;

/**
 * The system that makes images: Buildbot. It learns of pushes from the source host itself and
 * reports by commit statuses. CITE asks it for builds that no push causes, reads logs, and asks it
 * what it knows of a build, because whoever may push can write a status.
 */
public interface Builder {

  /**
   * Asks for a build. Asking twice builds twice, so the caller checks the commit's statuses before
   * it asks again.
   *
   * @throws io.cite.core.error.Upstream if the builder cannot be reached or refuses
   */
  void request(RepositoryName repository, BranchName branch, Commit commit);

  /**
   * The builds of a commit that the builder has begun, oldest first. Those that wait are not
   * listed. A build that the builder reported as ended is listed as ended.
   *
   * @return empty if it knows of none: it never began one, or has forgotten it
   * @throws io.cite.core.error.Upstream if the builder cannot be asked
   */
  List<BuilderRun> runs(RepositoryName repository, CommitId commit);

  /**
   * Asks the builder to stop what it builds of a commit of a branch, and to drop what waits. It may
   * take its time, or go on nevertheless, and reports what became of it as always. Asking again is
   * harmless.
   *
   * @param why for the builder's own log
   * @return whether nothing of the commit is under way or waits any more; if not, ask again
   * @throws io.cite.core.error.Upstream if the builder cannot be reached, or does not allow it
   */
  boolean cancel(RepositoryName repository, BranchName branch, CommitId commit, String why);

  /**
   * The end of a log.
   *
   * @param url where the builder's status said it is; followed only on the builder's own host
   * @param maxLines at most so many of the last lines
   * @return empty if the URL is not one of the builder's or there is no such log
   * @throws io.cite.core.error.Upstream if the builder cannot be reached
   */
  Optional<String> log(LogUrl url, int maxLines);

  /** URL and secret of the webhook by which the source host tells the builder of pushes. */
  HookSpec hook();
}
