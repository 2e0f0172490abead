@NullMarked
package io.cite.core.engine.schedule;

import org.jspecify.annotations.NullMarked;
