package io.cite.core.engine.record;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The constants of an enumeration and their stored names. */
record StoredConstants(String type, Map<Object, String> byConstant, Map<String, Object> byName) {
  static StoredConstants of(Class<?> type, StoredNames names) {
    Map<Object, String> byConstant = new HashMap<>();
    Map<String, Object> byName = new HashMap<>();
    for (StoredNames.Name name : names.of(type)) {
      for (Object constant : type.getEnumConstants()) {
        if (((Enum<?>) constant).name().equals(name.java())) {
          byConstant.put(constant, name.stored());
          byName.put(name.stored(), constant);
        }
      }
    }
    return new StoredConstants(type.getSimpleName(), byConstant, byName);
  }

  String stored(Enum<?> constant) {
    return Objects.requireNonNull(byConstant.get(constant));
  }

  Object constant(String name) {
    Object constant = byName.get(name);
    if (constant == null) {
      throw new IllegalStateException("a stored " + type + " has the unknown value " + name);
    }
    return constant;
  }
}
