/** Everything that CITE tells other systems, stored until it is delivered. */
@NullMarked
package io.cite.core.engine.outbox;

import org.jspecify.annotations.NullMarked;
