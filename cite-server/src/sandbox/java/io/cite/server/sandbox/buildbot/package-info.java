/** A fake Buildbot, so that a sandbox and tests need no Python. */
@NullMarked
package io.cite.server.sandbox.buildbot;

import org.jspecify.annotations.NullMarked;
