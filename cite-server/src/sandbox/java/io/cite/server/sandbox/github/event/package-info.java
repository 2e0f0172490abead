/** What happens after a change: webhook bodies, their signature, their delivery and its record. */
@NullMarked
package io.cite.server.sandbox.github.event;

import org.jspecify.annotations.NullMarked;
