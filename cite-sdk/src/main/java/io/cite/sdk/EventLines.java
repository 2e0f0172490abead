package io.cite.sdk;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Puts lines together to events, as the WHATWG HTML standard says under "server-sent events". Used
 * by one thread at a time.
 */
final class EventLines implements Flow.Subscriber<String> {
  /** Takes what the lines say. */
  interface Sink {
    /** A line came, be it a comment that only keeps the connection alive. */
    void alive();

    void event(@Nullable String id, @Nullable String type, String data);

    void retryAfterMillis(long millis);
  }

  private final Sink sink;
  private final StringBuilder data = new StringBuilder();
  private @Nullable String id;
  private @Nullable String type;

  EventLines(Sink sink) {
    this.sink = sink;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(String line) {
    sink.alive();
    if (line.isEmpty()) {
      dispatch();
      return;
    }
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1);
    value = value.startsWith(" ") ? value.substring(1) : value;
    switch (field) {
      case "id" -> id = value.indexOf('\0') < 0 ? value : id;
      case "event" -> type = value;
      case "data" -> data.append(value).append('\n');
      case "retry" -> {
        if (value.matches("\\d{1,9}")) {
          sink.retryAfterMillis(Long.parseLong(value));
        }
      }
      default -> {
        // A comment, or a field that the standard says to ignore.
      }
    }
  }

  private void dispatch() {
    if (data.length() > 0) {
      sink.event(id, type, data.substring(0, data.length() - 1));
    }
    data.setLength(0);
    type = null;
  }

  @Override
  public void onError(Throwable failure) {
    // An event cut short is not dispatched; the exchange itself reports the failure.
  }

  @Override
  public void onComplete() {
    // As above.
  }
}
