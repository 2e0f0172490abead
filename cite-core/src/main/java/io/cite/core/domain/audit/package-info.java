/** Who did what, when, and with what outcome. */
@NullMarked
package io.cite.core.domain.audit;

import org.jspecify.annotations.NullMarked;
