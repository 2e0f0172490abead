/** From a push to a live service, all on this machine. */
@NullMarked
package io.cite.server.sandbox;

import org.jspecify.annotations.NullMarked;
