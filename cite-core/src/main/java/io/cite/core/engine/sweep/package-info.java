/** Finds what no event reported. */
@NullMarked
package io.cite.core.engine.sweep;

import org.jspecify.annotations.NullMarked;
