/** The adapter against a server that answers as GitHub does, and webhooks as GitHub sends them. */
@NullMarked
package io.cite.adapters.github;

import org.jspecify.annotations.NullMarked;
