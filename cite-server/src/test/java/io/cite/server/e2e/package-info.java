/** The whole way from a push to a running service: on real servers, and in the sandbox. */
@NullMarked
package io.cite.server.e2e;

import org.jspecify.annotations.NullMarked;
