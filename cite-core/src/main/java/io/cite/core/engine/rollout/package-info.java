/** Brings deployments forward: decision, rollout, switch, confirmation, reports, removal. */
@NullMarked
package io.cite.core.engine.rollout;

import org.jspecify.annotations.NullMarked;
