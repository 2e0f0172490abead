/** Requests that lead to deployments, roll back, or stop one. */
@NullMarked
package io.cite.core.usecase.deploy;

import org.jspecify.annotations.NullMarked;
