/** What the HTTP interface promises to its callers. */
@NullMarked
package io.cite.server.http;

import org.jspecify.annotations.NullMarked;
