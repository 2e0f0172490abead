/** Where embedders begin: all use cases, put together. */
@NullMarked
package io.cite.core;

import org.jspecify.annotations.NullMarked;
