/**
 * The bodies of CITE's HTTP interface as records, so that the client and the server cannot disagree
 * about a field. A {@code Request} is what the server is sent, a {@code View} what it shows, or a
 * part of either.
 */
@NullMarked
package io.cite.sdk.wire;

import org.jspecify.annotations.NullMarked;
