/** Settles webhook deliveries: each one becomes checks of commits or a disposition. */
@NullMarked
package io.cite.core.engine.inbox;

import org.jspecify.annotations.NullMarked;
