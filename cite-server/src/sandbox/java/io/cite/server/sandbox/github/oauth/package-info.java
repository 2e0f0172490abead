/** Signing in with the sandbox GitHub: its page that asks, and the exchange of a code. */
@NullMarked
package io.cite.server.sandbox.github.oauth;

import org.jspecify.annotations.NullMarked;
