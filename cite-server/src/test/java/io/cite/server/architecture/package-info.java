/** The rules that hold the modules apart; each says why it is there. */
@NullMarked
package io.cite.server.architecture;

import org.jspecify.annotations.NullMarked;
