/** What the core needs from the outside, named by role; each port's contract is a test suite. */
@NullMarked
package io.cite.core.port;

import org.jspecify.annotations.NullMarked;
