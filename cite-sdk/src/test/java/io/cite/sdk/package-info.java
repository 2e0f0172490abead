/** The client against a small HTTP server that answers as ordered. */
@NullMarked
package io.cite.sdk;

import org.jspecify.annotations.NullMarked;
