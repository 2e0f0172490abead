package io.cite.core.port;

/** Something that goes on until it is closed. */
public interface Subscription extends AutoCloseable {
  /** Ends it; harmless to repeat. */
  @Override
  void close();
}
