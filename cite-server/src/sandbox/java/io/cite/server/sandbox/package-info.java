/** CITE on one machine, with fakes of the systems around it that it reaches over real HTTP. */
@NullMarked
package io.cite.server.sandbox;

import org.jspecify.annotations.NullMarked;
