/** Tests of what is typed and printed. */
@NullMarked
package io.cite.server.cli;

import org.jspecify.annotations.NullMarked;
