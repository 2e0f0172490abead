/** The etcd adapters on a real etcd, and through failures. */
@NullMarked
package io.cite.adapters.etcd;

import org.jspecify.annotations.NullMarked;
