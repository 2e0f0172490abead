/** What can go wrong, as exceptions with a stable code that every boundary can translate. */
@NullMarked
package io.cite.core.error;

import org.jspecify.annotations.NullMarked;
