package io.cite.core.domain.source;

import io.cite.core.error.InvalidInput;
import java.util.regex.Pattern;

/**
 * A delivery's GUID, the same for all attempts to deliver it.
 *
 * @param value letters, digits, {@code -} and {@code _}, at most 100 characters
 */
public record DeliveryId(String value) implements Comparable<DeliveryId> {
  private static final int MAX_SHOWN = 100;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1," + MAX_SHOWN + "}");

  public DeliveryId {
    if (!ID.matcher(value).matches()) {
      String clean = value.replaceAll("[^\\x20-\\x7e]", "?");
      throw new InvalidInput(
          "The delivery id '"
              + (clean.length() > MAX_SHOWN ? clean.substring(0, MAX_SHOWN) + "..." : clean)
              + "' is not a GUID: letters, digits, '-' and '_', at most "
              + MAX_SHOWN);
    }
  }

  /** Reads a delivery's GUID. */
  public static DeliveryId parse(String text) {
    return new DeliveryId(text);
  }

  @Override
  public int compareTo(DeliveryId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
