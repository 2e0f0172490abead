/** Stored states that tests begin with. */
@NullMarked
package io.cite.core.engine.store;

import org.jspecify.annotations.NullMarked;
