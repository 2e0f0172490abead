package io.cite.sdk;

import org.jspecify.annotations.Nullable;

/**
 * The server could not be reached, or did not answer in time, in as many attempts as the client
 * makes. Whether the last request took effect is unknown; repeating it later is safe for reads, and
 * for writes the resource tells.
 */
public final class CiteUnavailableException extends CiteClientException {
  private static final long serialVersionUID = 1L;

  CiteUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
