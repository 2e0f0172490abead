/** Whether a service's repository is still the one that it was created from. */
@NullMarked
package io.cite.core.engine.repository;

import org.jspecify.annotations.NullMarked;
