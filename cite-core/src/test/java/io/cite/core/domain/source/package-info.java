/** What is read from the source host, tried with what git and GitHub allow. */
@NullMarked
package io.cite.core.domain.source;

import org.jspecify.annotations.NullMarked;
