package io.cite.server.sandbox.github.event;

import io.cite.server.sandbox.github.state.Row;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to hand an event to a webhook, and what came of it. A redelivery is another row with
 * the same {@code guid}.
 *
 * @param payload the JSON of the event, whatever form it was sent in
 * @param duration seconds until the answer
 */
public record Delivery(
    long id,
    long repository,
    long hook,
    String guid,
    Instant deliveredAt,
    boolean redelivery,
    double duration,
    String status,
    int statusCode,
    String event,
    @Nullable String action,
    String url,
    Map<String, String> requestHeaders,
    String payload,
    Map<String, String> responseHeaders,
    String responseBody)
    implements Row {

  public boolean succeeded() {
    return statusCode >= 200 && statusCode < 400;
  }

  public boolean failed() {
    return statusCode >= 400 && statusCode < 600;
  }
}
