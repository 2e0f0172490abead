/** Keeps the pages under docs/ in agreement with the code that they describe. */
@NullMarked
package io.cite.core.docs;

import org.jspecify.annotations.NullMarked;
