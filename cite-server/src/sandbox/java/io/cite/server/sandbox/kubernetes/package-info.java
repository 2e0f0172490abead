/** A Kubernetes API for the sandbox: pods are simulated. */
@NullMarked
package io.cite.server.sandbox.kubernetes;

import org.jspecify.annotations.NullMarked;
