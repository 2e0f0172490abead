/** The contracts of the ports, as suites that in-memory and real implementations both pass. */
@NullMarked
package io.cite.core.contract;

import org.jspecify.annotations.NullMarked;
