/** The rules of the machines' tables. */
@NullMarked
package io.cite.core.domain;

import org.jspecify.annotations.NullMarked;
