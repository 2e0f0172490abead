package io.cite.server.adapter.notify;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.cite.core.port.Notifications.Notice;
import java.util.Locale;

/** A notice as a JSON document; its id lets the receiver drop what comes twice. */
@JsonPropertyOrder({"id", "kind", "service", "branch", "commit", "title", "text", "url", "at"})
record WebhookMessage(
    String id,
    String kind,
    String service,
    String branch,
    String commit,
    String title,
    String text,
    String url,
    String at) {
  private static final int MAX_TEXT = 64 * 1024;

  static WebhookMessage of(Notice notice) {
    String text = notice.text();
    return new WebhookMessage(
        notice.id(),
        notice.kind().name().toLowerCase(Locale.ROOT),
        notice.service(),
        notice.branch(),
        notice.commit(),
        notice.title(),
        text.substring(Math.max(0, text.length() - MAX_TEXT)),
        notice.url(),
        notice.at().toString());
  }
}
