/** What the operator sets, read once into one immutable record per concern. */
@NullMarked
package io.cite.server.config;

import org.jspecify.annotations.NullMarked;
