/** Asks Buildbot for builds by its change hook and reads its logs. */
@NullMarked
package io.cite.server.adapter.buildbot;

import org.jspecify.annotations.NullMarked;
