/** What statuses of commits say about builds. */
@NullMarked
package io.cite.core.engine.builds;

import org.jspecify.annotations.NullMarked;
