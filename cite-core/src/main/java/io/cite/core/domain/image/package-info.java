/** Names of container images and where an image may come from. */
@NullMarked
package io.cite.core.domain.image;

import org.jspecify.annotations.NullMarked;
