/** The sandbox Buildbot against an imitated GitHub and the adapters of CITE. */
@NullMarked
package io.cite.server.sandbox.buildbot;

import org.jspecify.annotations.NullMarked;
