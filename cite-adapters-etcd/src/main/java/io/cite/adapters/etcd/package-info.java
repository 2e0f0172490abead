/** CITE's records and its leadership in etcd. */
@NullMarked
package io.cite.adapters.etcd;

import org.jspecify.annotations.NullMarked;
