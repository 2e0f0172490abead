/** Everything on one machine: CITE and, over real HTTP, players of the systems around it. */
@NullMarked
package io.cite.server.sandbox;

import org.jspecify.annotations.NullMarked;
