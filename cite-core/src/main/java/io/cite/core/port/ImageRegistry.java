package io.cite.core.port;

import io.cite.core.domain.image.Digest;
import io.cite.core.domain.image.ImageReference;
import java.util.Optional;

/**
 * Where images are kept.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">OCI
 *     Distribution</a>
 */
public interface ImageRegistry {

  /**
   * The content that a tag names now; of a reference with a digest, whether it exists.
   *
   * @return empty if the registry has no such image
   * @throws io.cite.core.error.Upstream if the registry cannot be reached or refuses
   */
  Optional<Digest> resolve(ImageReference image);
}
