/** Reconciles one environment, and deletes it. */
@NullMarked
package io.cite.core.engine.environment;

import org.jspecify.annotations.NullMarked;
