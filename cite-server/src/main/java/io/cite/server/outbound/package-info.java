/**
 * HTTP calls to the systems that CITE depends on: bounded in time and size, failures translated.
 */
@NullMarked
package io.cite.server.outbound;

import org.jspecify.annotations.NullMarked;
