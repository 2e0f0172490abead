/** Compares what is stored with what is in the cluster, and finds work that stands still. */
@NullMarked
package io.cite.core.engine.check;

import org.jspecify.annotations.NullMarked;
