/** What the configuration promises to operators. */
@NullMarked
package io.cite.server.config;

import org.jspecify.annotations.NullMarked;
