/** The in-memory ports keep the contracts. */
@NullMarked
package io.cite.core.memory;

import org.jspecify.annotations.NullMarked;
