/**
 * Where embedders begin: {@link io.cite.core.Cite} puts use cases, engine and adapters together.
 * The only place in the core where threads are made and the system's clock is read.
 */
@NullMarked
package io.cite.core;

import org.jspecify.annotations.NullMarked;
