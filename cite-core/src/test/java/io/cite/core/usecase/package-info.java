/** Use cases put together by hand, as an embedder does it. */
@NullMarked
package io.cite.core.usecase;

import org.jspecify.annotations.NullMarked;
