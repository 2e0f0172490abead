/** Real processes under a load while servers, etcd and the network fail. */
@NullMarked
package io.cite.server.chaos;

import org.jspecify.annotations.NullMarked;
