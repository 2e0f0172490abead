/** The packaged server with the embedded store is killed, and its disk is filled or damaged. */
@NullMarked
package io.cite.server.durability;

import org.jspecify.annotations.NullMarked;
