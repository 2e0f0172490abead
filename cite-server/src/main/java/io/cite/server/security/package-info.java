/** Who may do what, and how secrets are kept. */
@NullMarked
package io.cite.server.security;

import org.jspecify.annotations.NullMarked;
