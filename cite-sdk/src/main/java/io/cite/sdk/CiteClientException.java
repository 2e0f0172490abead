package io.cite.sdk;

import org.jspecify.annotations.Nullable;

/** What every failure of {@link CiteClient} is; its kinds say what a caller can do about it. */
public abstract sealed class CiteClientException extends RuntimeException
    permits CiteServerException, CiteUnavailableException, CiteTimeoutException {
  private static final long serialVersionUID = 1L;

  CiteClientException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
