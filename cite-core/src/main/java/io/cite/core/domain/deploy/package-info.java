/** Deployments: attempts to make an image the live one of an environment. */
@NullMarked
package io.cite.core.domain.deploy;

import org.jspecify.annotations.NullMarked;
