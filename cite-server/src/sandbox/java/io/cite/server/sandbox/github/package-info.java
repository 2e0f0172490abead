/**
 * A stand-alone imitation of GitHub, so that CITE can be tried and tested without an account there.
 */
@NullMarked
package io.cite.server.sandbox.github;

import org.jspecify.annotations.NullMarked;
