/** What the sandbox GitHub remembers beside git, and how it survives a restart. */
@NullMarked
package io.cite.server.sandbox.github.state;

import org.jspecify.annotations.NullMarked;
