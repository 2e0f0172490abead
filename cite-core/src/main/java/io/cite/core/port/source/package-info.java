/** The host of source code, cut by role: a part of the core is given the roles that it needs. */
@NullMarked
package io.cite.core.port.source;

import org.jspecify.annotations.NullMarked;
