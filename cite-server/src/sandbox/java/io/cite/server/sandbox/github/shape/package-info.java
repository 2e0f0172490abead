/** The JSON shapes of GitHub's API, made from the sandbox's state. */
@NullMarked
package io.cite.server.sandbox.github.shape;

import org.jspecify.annotations.NullMarked;
