/** GitHub as the source host: its REST API behind the port, and the webhooks that it sends. */
@NullMarked
package io.cite.adapters.github;

import org.jspecify.annotations.NullMarked;
