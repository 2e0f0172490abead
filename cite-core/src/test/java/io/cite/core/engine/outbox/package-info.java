@NullMarked
package io.cite.core.engine.outbox;

import org.jspecify.annotations.NullMarked;
