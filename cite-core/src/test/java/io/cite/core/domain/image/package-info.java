/** Image names, tried with what a forged commit status may hold. */
@NullMarked
package io.cite.core.domain.image;

import org.jspecify.annotations.NullMarked;
