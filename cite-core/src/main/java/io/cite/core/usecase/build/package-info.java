/** Deliveries and requests that lead to builds. */
@NullMarked
package io.cite.core.usecase.build;

import org.jspecify.annotations.NullMarked;
