/** The embedded store and the audit trail keep the contracts, and what was stored. */
@NullMarked
package io.cite.server.adapter.jdbi;

import org.jspecify.annotations.NullMarked;
