/** The rules of a deployment's life, as a whole table. */
@NullMarked
package io.cite.core.domain.deploy;

import org.jspecify.annotations.NullMarked;
