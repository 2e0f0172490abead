/** Repositories, branches, commits, and what the source host tells about them. */
@NullMarked
package io.cite.core.domain.source;

import org.jspecify.annotations.NullMarked;
