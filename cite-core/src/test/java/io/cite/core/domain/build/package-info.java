/** The rules of a build's life, as a whole table. */
@NullMarked
package io.cite.core.domain.build;

import org.jspecify.annotations.NullMarked;
