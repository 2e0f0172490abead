/** The client of CITE, for Java tools that create, build and deploy from the outside. */
@NullMarked
package io.cite.sdk;

import org.jspecify.annotations.NullMarked;
