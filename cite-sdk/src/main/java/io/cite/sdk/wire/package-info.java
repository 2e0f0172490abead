/**
 * The bodies of CITE's HTTP interface as records, so that the client and the server cannot disagree
 * about a field.
 */
@NullMarked
package io.cite.sdk.wire;

import org.jspecify.annotations.NullMarked;
