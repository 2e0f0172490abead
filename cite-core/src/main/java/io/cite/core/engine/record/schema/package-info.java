/** What lies in the metadata store, and under which key. */
@NullMarked
package io.cite.core.engine.record.schema;

import org.jspecify.annotations.NullMarked;
