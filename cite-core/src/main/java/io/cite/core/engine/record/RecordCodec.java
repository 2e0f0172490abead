package io.cite.core.engine.record;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How records become documents of the metadata store and back. Names and types of record components
 * are the storage format; a component added later must be nullable or a collection, because older
 * documents lack it. A record with a static {@code parse(String)} is stored as its text, an
 * interface of records as the record with its simple name under {@code kind}. Nulls are left out.
 */
final class RecordCodec {
  private static final String KIND = "kind";
  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return Shape.of(type);
        }
      };

  private RecordCodec() {}

  /** The document of a record. */
  static Map<String, Object> write(Record value) {
    Shape shape = shape(value.getClass());
    Map<String, Object> document = new LinkedHashMap<>();
    for (Part part : shape.parts()) {
      Object content = call(part.accessor(), value);
      if (content != null) {
        document.put(part.name(), toStored(content, part.type()));
      }
    }
    return document;
  }

  /** The record of a document. */
  static <T> T read(Map<String, Object> document, Class<T> type) {
    return type.cast(readRecord(document, type));
  }

  private static Object toStored(Object value, Class<?> declared) {
    if (value instanceof String || value instanceof Boolean || value instanceof Long) {
      return value;
    }
    if (value instanceof Integer number) {
      return number.longValue();
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof Instant) {
      return value.toString();
    }
    if (value instanceof Collection<?> items) {
      List<Object> stored = new ArrayList<>(items.size());
      items.forEach(item -> stored.add(toStored(item, item.getClass())));
      return stored;
    }
    if (value instanceof Map<?, ?> entries) {
      Map<String, Object> stored = new LinkedHashMap<>();
      entries.forEach((key, item) -> stored.put((String) key, toStored(item, item.getClass())));
      return stored;
    }
    if (shape(value.getClass()).parse() != null) {
      return value.toString();
    }
    Map<String, Object> document = write((Record) value);
    if (declared.isInterface()) {
      document.put(KIND, value.getClass().getSimpleName());
    }
    return document;
  }

  private static @Nullable Object fromStored(@Nullable Object stored, Type type) {
    if (type instanceof ParameterizedType generic) {
      return collection(stored, generic);
    }
    Class<?> wanted = (Class<?>) type;
    if (stored == null) {
      return absent(wanted);
    }
    if (wanted == int.class || wanted == Integer.class) {
      return Math.toIntExact(((Number) stored).longValue());
    }
    if (wanted == long.class || wanted == Long.class) {
      return ((Number) stored).longValue();
    }
    if (wanted == String.class || wanted == boolean.class || wanted == Boolean.class) {
      return stored;
    }
    if (wanted == Instant.class) {
      return Instant.parse((String) stored);
    }
    if (wanted.isEnum()) {
      return constant(wanted, (String) stored);
    }
    if (stored instanceof String text) {
      Method parse = shape(wanted).parse();
      if (parse == null) {
        throw new IllegalStateException("a " + wanted + " cannot be stored as text");
      }
      return call(parse, null, text);
    }
    @SuppressWarnings("unchecked")
    Map<String, Object> document = (Map<String, Object>) stored;
    return readRecord(document, wanted);
  }

  private static @Nullable Object absent(Class<?> wanted) {
    if (wanted == boolean.class) {
      return false;
    }
    if (wanted == int.class) {
      return 0;
    }
    return wanted == long.class ? (Object) 0L : null;
  }

  private static Object collection(@Nullable Object stored, ParameterizedType generic) {
    Type[] arguments = generic.getActualTypeArguments();
    if (generic.getRawType() == List.class) {
      List<Object> items = new ArrayList<>();
      if (stored != null) {
        ((List<?>) stored).forEach(item -> items.add(fromStored(item, arguments[0])));
      }
      return items;
    }
    Map<String, Object> entries = new LinkedHashMap<>();
    if (stored != null) {
      ((Map<?, ?>) stored)
          .forEach((key, item) -> entries.put((String) key, fromStored(item, arguments[1])));
    }
    return entries;
  }

  private static Object readRecord(Map<String, Object> document, Class<?> type) {
    Class<?> concrete = type;
    if (type.isInterface()) {
      Object kind = document.get(KIND);
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        if (permitted.getSimpleName().equals(kind)) {
          concrete = permitted;
        }
      }
    }
    Map<String, Object> present = FormerDocuments.upgraded(concrete.getSimpleName(), document);
    Shape shape = shape(concrete);
    @Nullable Object[] arguments = new @Nullable Object[shape.parts().size()];
    for (int i = 0; i < arguments.length; i++) {
      Part part = shape.parts().get(i);
      arguments[i] = fromStored(present.get(part.name()), part.generic());
    }
    try {
      return shape.constructor().newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("a stored " + concrete.getSimpleName() + " is not valid", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + concrete, e);
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Object constant(Class<?> type, String name) {
    return Enum.valueOf((Class<? extends Enum>) type, name);
  }

  private static @Nullable Object call(Method method, @Nullable Object on, Object... arguments) {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(method + " failed", e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " cannot be called", e);
    }
  }

  private static Shape shape(Class<?> type) {
    return SHAPES.get(type);
  }

  /** A component of a record. */
  private record Part(String name, Class<?> type, Type generic, Method accessor) {
    static Part of(RecordComponent component) {
      component.getAccessor().setAccessible(true);
      return new Part(
          component.getName(),
          component.getType(),
          component.getGenericType(),
          component.getAccessor());
    }
  }

  private record Shape(List<Part> parts, Constructor<?> constructor, @Nullable Method parse) {
    static Shape of(Class<?> type) {
      if (!type.isRecord()) {
        throw new IllegalStateException(type + " is not a record and cannot be stored");
      }
      List<Part> parts = Arrays.stream(type.getRecordComponents()).map(Part::of).toList();
      try {
        Constructor<?> constructor =
            type.getDeclaredConstructor(parts.stream().map(Part::type).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        return new Shape(parts, constructor, parser(type));
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException(e);
      }
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
  }
}
