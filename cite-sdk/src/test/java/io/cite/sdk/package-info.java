/** The client against a small HTTP server that answers as it is told. */
@NullMarked
package io.cite.sdk;

import org.jspecify.annotations.NullMarked;
