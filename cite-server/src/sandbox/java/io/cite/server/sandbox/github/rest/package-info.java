/** GitHub's REST API over the sandbox's state, one class per area. */
@NullMarked
package io.cite.server.sandbox.github.rest;

import org.jspecify.annotations.NullMarked;
