@NullMarked
package io.cite.core.engine.record;

import org.jspecify.annotations.NullMarked;
