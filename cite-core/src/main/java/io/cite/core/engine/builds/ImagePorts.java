package io.cite.core.engine.builds;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.dockerfile.ExposedPorts;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.source.CommitId;
import io.cite.core.engine.record.Versioned;
import io.cite.core.error.InvalidInput;
import io.cite.core.error.Upstream;
import io.cite.core.port.source.Repositories;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ports that a build's image exposes, where nobody set the ports of its service. The Dockerfile
 * is read again only if a push may have changed it.
 */
final class ImagePorts {
  private final Repositories repositories;

  ImagePorts(Repositories repositories) {
    this.repositories = repositories;
  }

  /**
   * What was found.
   *
   * @param ports null if they are not known or not needed: the deployment has those of its service
   * @param note what somebody should know of them; null for nothing
   */
  record Found(@Nullable ContainerPorts ports, @Nullable String note) {}

  /** The ports of a build of a commit that has the same Dockerfile; null if none is known. */
  static @Nullable ContainerPorts known(List<Versioned<Build>> builds, @Nullable CommitId same) {
    return builds.stream()
        .map(Versioned::value)
        .filter(build -> build.commit().equals(same) && build.ports() != null)
        .findFirst()
        .map(Build::ports)
        .orElse(null);
  }

  /**
   * The ports of a build that succeeded.
   *
   * @throws io.cite.core.error.Upstream if the Dockerfile has to be read and cannot be now
   */
  Found of(ServiceSettings service, Build build) {
    if (service.portsFrom() == null || build.ports() != null) {
      return new Found(build.ports(), null);
    }
    try {
      Optional<String> file = repositories.file(service.repository(), build.commit(), "Dockerfile");
      if (file.isEmpty()) {
        return unknown(service, "the commit has no Dockerfile at its root");
      }
      ExposedPorts exposed = ExposedPorts.of(file.get());
      return new Found(
          exposed.numbers(),
          exposed.unclear() ? "ports: " + String.join("; ", exposed.remarks()) : null);
    } catch (InvalidInput e) {
      return unknown(service, e.getMessage());
    } catch (Upstream e) {
      if (e.isRetryable()) {
        throw e;
      }
      return unknown(service, e.getMessage());
    }
  }

  private static Found unknown(ServiceSettings service, @Nullable String why) {
    return new Found(
        null,
        "its deployments have the ports of the service, " + service.ports().values() + ": " + why);
  }
}
