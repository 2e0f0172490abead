/** The embedded metadata store and the audit trail in a relational database. */
@NullMarked
package io.cite.server.adapter.jdbi;

import org.jspecify.annotations.NullMarked;
