@NullMarked
package io.cite.core.engine.record.schema;

import org.jspecify.annotations.NullMarked;
