package io.cite.sdk;

import org.jspecify.annotations.Nullable;

/**
 * Something that was waited for did not come within the limit. It may still come: waiting again is
 * fine. The cause is the last failure to read it, if there was one.
 */
public final class CiteTimeoutException extends CiteClientException {
  private static final long serialVersionUID = 1L;

  CiteTimeoutException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
