/** Versioned records over the metadata store: transactions, caching and the stored form. */
@NullMarked
package io.cite.core.engine.record;

import org.jspecify.annotations.NullMarked;
