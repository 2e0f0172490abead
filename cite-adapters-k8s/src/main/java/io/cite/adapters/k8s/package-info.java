/** The cluster port over a Kubernetes API server, spoken to by the fabric8 client. */
@NullMarked
package io.cite.adapters.k8s;

import org.jspecify.annotations.NullMarked;
