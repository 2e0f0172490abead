/** The ports in memory: for programs that embed the core, and for tests. */
@NullMarked
package io.cite.core.memory;

import org.jspecify.annotations.NullMarked;
