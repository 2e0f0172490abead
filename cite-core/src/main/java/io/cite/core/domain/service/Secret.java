package io.cite.core.domain.service;

import io.cite.core.error.InvalidInput;
import java.util.Map;
import java.util.Objects;

/**
 * A value that is never shown: it does not print and is no record, so nothing that walks records
 * can write it out. Only adapters that must hand it on ask for {@link #reveal()}.
 */
public final class Secret {
  private static final int LONGEST = 64 * 1024;
  private static final int MOST = 256 * 1024;

  private final String value;

  private Secret(String value) {
    this.value = Objects.requireNonNull(value);
  }

  /** Wraps a value. */
  public static Secret of(String value) {
    return new Secret(value);
  }

  /**
   * Checks secret variables by their names and values.
   *
   * @throws InvalidInput if a name is no variable's, or a value is empty, too long, or has a NUL
   *     character, which no environment of a process can hold
   */
  public static void check(Map<String, Secret> variables) {
    int total = 0;
    for (Map.Entry<String, Secret> variable : variables.entrySet()) {
      String name = variable.getKey();
      String value = variable.getValue().reveal();
      Variables.checkName(name);
      if (value.isEmpty() || value.length() > LONGEST) {
        throw new InvalidInput(
            "The secret '" + name + "' must have 1 to " + LONGEST + " characters.");
      }
      if (value.indexOf('\0') >= 0) {
        throw new InvalidInput("The secret '" + name + "' must not have a NUL character.");
      }
      total += name.length() + value.length();
    }
    if (total > MOST) {
      throw new InvalidInput("The secrets are larger than " + MOST + " characters together.");
    }
  }

  /** The value itself. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return Secret.class.hashCode();
  }

  @Override
  public String toString() {
    return "********";
  }
}
