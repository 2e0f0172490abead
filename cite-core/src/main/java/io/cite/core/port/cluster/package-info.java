/** Where services run, cut by role: a part of the core is given the roles that it needs. */
@NullMarked
package io.cite.core.port.cluster;

import org.jspecify.annotations.NullMarked;
