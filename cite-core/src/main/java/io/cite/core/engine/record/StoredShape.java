package io.cite.core.engine.record;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a record is stored.
 *
 * @param number what tells its number; null if it is not stored as a number
 * @param parse what reads it from a text; null if it is not stored as a text
 */
record StoredShape(
    List<Part> parts,
    int components,
    Constructor<?> constructor,
    @Nullable Method number,
    @Nullable Method parse) {
  static StoredShape of(Class<?> type, StoredNames names) {
    if (!type.isRecord()) {
      throw new IllegalStateException(type + " is not a record and cannot be stored");
    }
    RecordComponent[] components = type.getRecordComponents();
    Method number = names.has(type) ? null : number(components);
    Method parse = names.has(type) || number != null ? null : parser(type);
    List<Part> parts =
        number != null || parse != null
            ? List.of()
            : names.of(type).stream().map(name -> Part.of(name, components)).toList();
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return new StoredShape(parts, components.length, constructor, number, parse);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Method number(RecordComponent[] components) {
    if (components.length != 1 || components[0].getType() != long.class) {
      return null;
    }
    components[0].getAccessor().setAccessible(true);
    return components[0].getAccessor();
  }

  private static @Nullable Method parser(Class<?> type) {
    try {
      Method parse = type.getMethod("parse", String.class);
      parse.setAccessible(true);
      return parse;
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  /**
   * A component of a record.
   *
   * @param position its place among the constructor's parameters
   */
  record Part(
      String name, boolean inline, int position, Class<?> type, Type generic, Method accessor) {
    static Part of(StoredNames.Name name, RecordComponent[] components) {
      int position = 0;
      while (!components[position].getName().equals(name.java())) {
        position++;
      }
      RecordComponent component = components[position];
      component.getAccessor().setAccessible(true);
      return new Part(
          name.stored(),
          name.inline(),
          position,
          component.getType(),
          component.getGenericType(),
          component.getAccessor());
    }
  }
}
