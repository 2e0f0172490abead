/** Tests of what puts the server together. */
@NullMarked
package io.cite.server.bootstrap;

import org.jspecify.annotations.NullMarked;
