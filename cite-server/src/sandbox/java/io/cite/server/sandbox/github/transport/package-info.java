/** Fetching and pushing over git's smart HTTP. */
@NullMarked
package io.cite.server.sandbox.github.transport;

import org.jspecify.annotations.NullMarked;
