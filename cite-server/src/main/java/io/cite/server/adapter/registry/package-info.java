/** Asks an OCI registry which content an image's tag names. */
@NullMarked
package io.cite.server.adapter.registry;

import org.jspecify.annotations.NullMarked;
