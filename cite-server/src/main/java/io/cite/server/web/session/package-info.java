/** Who a browser belongs to: signing in, sessions, signing out. */
@NullMarked
package io.cite.server.web.session;

import org.jspecify.annotations.NullMarked;
