/** The engine's parts on their own: the storage format, the keys, the queue. */
@NullMarked
package io.cite.core.engine;

import org.jspecify.annotations.NullMarked;
