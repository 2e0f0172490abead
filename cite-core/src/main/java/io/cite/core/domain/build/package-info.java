/** Builds: attempts to turn a commit into an image. */
@NullMarked
package io.cite.core.domain.build;

import org.jspecify.annotations.NullMarked;
