/** Services and their environments: identities, settings, life cycle. */
@NullMarked
package io.cite.core.domain.service;

import org.jspecify.annotations.NullMarked;
