package io.cite.server.sandbox.buildbot;

import io.cite.core.domain.image.ImageReference;
import java.util.Optional;

/** Makes an image of a revision, or only its log and manifest. */
interface ImageMaker {

  /**
   * Makes the image and writes the log.
   *
   * @return empty if the build failed; the log says why
   * @throws RuntimeException if it could not be tried; the build counts as failed
   */
  Optional<ImageReference> make(SourceStamp request, BuildLog log);
}
