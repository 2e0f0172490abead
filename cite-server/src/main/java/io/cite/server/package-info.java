/** Where the process begins. */
@NullMarked
package io.cite.server;

import org.jspecify.annotations.NullMarked;
