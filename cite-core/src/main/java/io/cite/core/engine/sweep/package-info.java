/** Finds what no event told. */
@NullMarked
package io.cite.core.engine.sweep;

import org.jspecify.annotations.NullMarked;
