/** The durable engine: records, work queue, and the reconcilers that carry out what is stored. */
@NullMarked
package io.cite.core.engine;

import org.jspecify.annotations.NullMarked;
