/** The stored state in domain terms, as the engine and the use cases read it. */
@NullMarked
package io.cite.core.engine.store;

import org.jspecify.annotations.NullMarked;
