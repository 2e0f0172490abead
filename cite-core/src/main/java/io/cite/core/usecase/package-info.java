/** What people and the source host can ask for; below: how an order is decided and written. */
@NullMarked
package io.cite.core.usecase;

import org.jspecify.annotations.NullMarked;
