/** CITE's HTTP interface: routes, who may use them, strict bodies, errors as RFC 9457 problems. */
@NullMarked
package io.cite.server.http;

import org.jspecify.annotations.NullMarked;
