/** Creating services and adding environments. */
@NullMarked
package io.cite.core.usecase.create;

import org.jspecify.annotations.NullMarked;
