package io.cite.core.domain.deploy;

import org.jspecify.annotations.Nullable;

/**
 * What the source host knows of a deployment.
 *
 * @param githubId the source host's number for it; null until it was announced
 * @param reported the last status that the source host was notified
 */
public record HostReport(@Nullable Long githubId, ReportedState reported) {
  static final HostReport NONE = new HostReport(null, ReportedState.NOTHING);

  HostReport announced(long id) {
    return new HostReport(id, reported);
  }

  HostReport withReported(ReportedState state) {
    return new HostReport(githubId, state);
  }
}
