/** Tests of the Kubernetes adapter, most of them on a real cluster. */
@NullMarked
package io.cite.adapters.k8s;

import org.jspecify.annotations.NullMarked;
