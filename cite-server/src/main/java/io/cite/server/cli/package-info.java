/** The command line: what is typed, what is printed, how the process ends. */
@NullMarked
package io.cite.server.cli;

import org.jspecify.annotations.NullMarked;
