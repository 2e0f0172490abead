/** What a Dockerfile says of the image that it makes. */
@NullMarked
package io.cite.core.domain.dockerfile;

import org.jspecify.annotations.NullMarked;
