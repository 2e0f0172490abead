/** Brings builds forward by what the commit statuses and the builder say. */
@NullMarked
package io.cite.core.engine.builds;

import org.jspecify.annotations.NullMarked;
