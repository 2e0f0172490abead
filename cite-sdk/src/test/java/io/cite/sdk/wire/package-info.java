/** Golden files hold every body as it goes over the wire. */
@NullMarked
package io.cite.sdk.wire;

import org.jspecify.annotations.NullMarked;
