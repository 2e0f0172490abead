package io.cite.core.domain.service;

import io.cite.core.error.InvalidInput;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The plain variables of an environment, by name; secret ones are {@link Secret}s. */
public record Variables(Map<String, String> values) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,252}");
  private static final int MAX_TOTAL = 256 * 1024;

  public Variables {
    values = java.util.Collections.unmodifiableMap(new TreeMap<>(values));
    int total = 0;
    for (Map.Entry<String, String> entry : values.entrySet()) {
      checkName(entry.getKey());
      if (entry.getValue().indexOf('\0') >= 0) {
        throw new InvalidInput("The variable " + entry.getKey() + " has a NUL character");
      }
      total += entry.getKey().length() + entry.getValue().length();
    }
    if (total > MAX_TOTAL) {
      throw new InvalidInput("The variables are larger than " + MAX_TOTAL + " characters");
    }
  }

  /** No variables. */
  public static Variables none() {
    return new Variables(Map.of());
  }

  /**
   * These variables, beside secret ones.
   *
   * @throws InvalidInput if a name is that of a secret variable as well
   */
  public Variables besideSecrets(Collection<String> secretNames) {
    for (String name : values.keySet()) {
      if (secretNames.contains(name)) {
        throw new InvalidInput(
            "The name '" + name + "' is a variable and a secret. Use it for one of them.");
      }
    }
    return this;
  }

  /**
   * Checks the name of a plain or secret variable.
   *
   * @throws InvalidInput if a shell could not have it as a variable
   */
  public static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidInput(
          "The variable name '"
              + (name.length() > 80 ? name.substring(0, 80) : name)
              + "' must begin with a letter or '_' and have only letters, digits and '_'");
    }
  }
}
