/** The whole core on one thread, with a clock of its own and faults wherever they are wanted. */
@NullMarked
package io.cite.core.simulation;

import org.jspecify.annotations.NullMarked;
