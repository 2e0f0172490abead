/** Sends notices to Slack and to JSON webhooks, whose addresses users give. */
@NullMarked
package io.cite.server.adapter.notify;

import org.jspecify.annotations.NullMarked;
