/** The commands of the sandbox, which the server's command line finds by its service loader. */
@NullMarked
package io.cite.server.sandbox.cli;

import org.jspecify.annotations.NullMarked;
