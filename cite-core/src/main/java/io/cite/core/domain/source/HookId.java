package io.cite.core.domain.source;

import io.cite.core.error.InvalidInput;

/**
 * The source host's number of a webhook.
 *
 * @param value 1 or more
 */
public record HookId(long value) implements Comparable<HookId> {
  public HookId {
    if (value < 1) {
      throw new InvalidInput("The webhook id " + value + " is not a number of 1 or more");
    }
  }

  /** Reads a webhook's number. */
  public static HookId parse(String text) {
    try {
      return new HookId(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new InvalidInput(
          "The webhook id '"
              + text.replaceAll("[^\\x20-\\x7e]", "?")
              + "' is not a number of 1 or more");
    }
  }

  @Override
  public int compareTo(HookId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
