package io.cite.server.sandbox.github.event;

/** What becomes of webhooks; everything but {@link #SEND} imitates an outage. */
public enum DeliveryMode {
  /** They are sent. */
  SEND,
  /** They wait until the mode is {@link #SEND} again. */
  HOLD,
  /** They are not sent and leave no record, so that nobody can ask for redelivery. */
  LOSE,
  /** They are not sent and recorded as failed to connect, ready to be redelivered. */
  FAIL
}
