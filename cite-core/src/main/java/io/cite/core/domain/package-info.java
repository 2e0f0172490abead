/** What the machines of all parts of the domain are made of. */
@NullMarked
package io.cite.core.domain;

import org.jspecify.annotations.NullMarked;
