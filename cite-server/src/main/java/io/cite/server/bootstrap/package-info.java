/** Puts the server together from its configuration; the only place that knows Dagger. */
@NullMarked
package io.cite.server.bootstrap;

import org.jspecify.annotations.NullMarked;
