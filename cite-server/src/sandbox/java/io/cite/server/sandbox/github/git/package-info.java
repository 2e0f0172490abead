/** The git repositories of the sandbox GitHub: stored, read, written and served over smart HTTP. */
@NullMarked
package io.cite.server.sandbox.github.git;

import org.jspecify.annotations.NullMarked;
