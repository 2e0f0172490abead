package io.cite.sdk;

import io.cite.sdk.wire.EventView;
import org.jspecify.annotations.Nullable;

/**
 * Hears of state changes. One call at a time, on a thread of the client: return soon. What it
 * throws goes to the thread's uncaught exception handler and ends nothing.
 */
@FunctionalInterface
public interface EventListener {
  /** Something changed; re-read the resource for the truth. */
  void onEvent(EventView event);

  /** The stream is open, for the first time or again. Events between were not lost. */
  default void onConnected() {}

  /** The stream broke; it is opened again by itself. */
  default void onDisconnected(CiteClientException cause) {}

  /**
   * There will be no more events: the subscription was closed (no cause), or the server refused it
   * for good.
   */
  default void onEnd(@Nullable CiteClientException cause) {}
}
