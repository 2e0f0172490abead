/** A Kubernetes API for the sandbox: objects are real, pods are simulated. */
@NullMarked
package io.cite.server.sandbox.kubernetes;

import org.jspecify.annotations.NullMarked;
