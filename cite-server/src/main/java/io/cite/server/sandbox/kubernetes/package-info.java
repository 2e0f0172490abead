/** A Kubernetes API for the sandbox: objects are kept in memory, pods are make-believe. */
@NullMarked
package io.cite.server.sandbox.kubernetes;

import org.jspecify.annotations.NullMarked;
