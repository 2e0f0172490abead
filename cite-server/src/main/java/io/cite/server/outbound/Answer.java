package io.cite.server.outbound;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/**
 * What a system answered.
 *
 * @param body as much of it as was asked for
 * @param isWhole whether that is all of the body
 */
public record Answer(int status, HttpHeaders headers, byte[] body, boolean isWhole) {

  /** Whether the status is 2xx. */
  public boolean isSuccess() {
    return status / 100 == 2;
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** A header's first value, or nothing. */
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }
}
