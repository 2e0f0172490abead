package io.cite.core.engine.record;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How records become documents of the metadata store and back. What is stored under which name says
 * {@link StoredFormat}; a record without names there that holds one number is stored as that
 * number, and one with a static {@code parse(String)} as its text. A variant of a sealed interface
 * has its kind under {@code kind}. Nulls are left out, and what a document has besides is ignored.
 * Thread-safe.
 */
final class RecordCodec {
  private static final String KIND = "kind";
  private static final RecordCodec STANDARD = new RecordCodec(StoredFormat.names());

  private final StoredNames names;
  private final ClassValue<StoredShape> shapes =
      new ClassValue<>() {
        @Override
        protected StoredShape computeValue(Class<?> type) {
          return StoredShape.of(type, names);
        }
      };
  private final ClassValue<StoredConstants> constants =
      new ClassValue<>() {
        @Override
        protected StoredConstants computeValue(Class<?> type) {
          return StoredConstants.of(type, names);
        }
      };
  private final ClassValue<Map<String, Class<?>>> variants =
      new ClassValue<>() {
        @Override
        protected Map<String, Class<?>> computeValue(Class<?> type) {
          return names.variants(type);
        }
      };

  RecordCodec(StoredNames names) {
    this.names = names;
  }

  /** The codec of everything that CITE stores. */
  static RecordCodec standard() {
    return STANDARD;
  }

  /** The document of a record. */
  Map<String, Object> write(Record value) {
    Map<String, Object> document = new LinkedHashMap<>();
    write(value, document);
    return document;
  }

  private void write(Record value, Map<String, Object> document) {
    for (StoredShape.Part part : shapes.get(value.getClass()).parts()) {
      Object content = call(part.accessor(), value);
      if (part.inline()) {
        write((Record) Objects.requireNonNull(content, part.accessor()::toString), document);
      } else if (content != null) {
        document.put(part.name(), toStored(content));
      }
    }
  }

  /** The record of a document. */
  <T> T read(Map<String, Object> document, Class<T> type) {
    return type.cast(readRecord(document, type));
  }

  private Object toStored(Object value) {
    if (value instanceof String || value instanceof Boolean || value instanceof Long) {
      return value;
    }
    if (value instanceof Integer number) {
      return number.longValue();
    }
    if (value instanceof Enum<?> constant) {
      return constants.get(constant.getDeclaringClass()).stored(constant);
    }
    if (value instanceof Instant) {
      return value.toString();
    }
    if (value instanceof Collection<?> items) {
      List<Object> stored = new ArrayList<>(items.size());
      items.forEach(item -> stored.add(toStored(item)));
      return stored;
    }
    if (value instanceof Map<?, ?> entries) {
      Map<String, Object> stored = new LinkedHashMap<>();
      entries.forEach((key, item) -> stored.put((String) key, toStored(item)));
      return stored;
    }
    StoredShape shape = shapes.get(value.getClass());
    if (shape.number() != null) {
      return Objects.requireNonNull(call(shape.number(), value), shape.number()::toString);
    }
    if (shape.parse() != null) {
      return value.toString();
    }
    Map<String, Object> document = write((Record) value);
    names.kind(value.getClass()).ifPresent(kind -> document.put(KIND, kind));
    return document;
  }

  private @Nullable Object fromStored(@Nullable Object stored, Type type) {
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
      return constants.get(wanted).constant((String) stored);
    }
    if (stored instanceof Number number && shapes.get(wanted).number() != null) {
      return make(shapes.get(wanted), wanted, number.longValue());
    }
    if (stored instanceof String text) {
      Method parse = shapes.get(wanted).parse();
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

  private Object collection(@Nullable Object stored, ParameterizedType generic) {
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

  private Object readRecord(Map<String, Object> document, Class<?> type) {
    Class<?> concrete = type.isInterface() ? variant(document, type) : type;
    Map<String, Object> present = FormerDocuments.upgraded(concrete, document);
    StoredShape shape = shapes.get(concrete);
    @Nullable Object[] arguments = new @Nullable Object[shape.components()];
    for (StoredShape.Part part : shape.parts()) {
      arguments[part.position()] =
          part.inline()
              ? readRecord(present, part.type())
              : fromStored(present.get(part.name()), part.generic());
    }
    return make(shape, concrete, arguments);
  }

  private static Object make(StoredShape shape, Class<?> type, @Nullable Object... arguments) {
    try {
      return shape.constructor().newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("a stored " + type.getSimpleName() + " is not valid", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type, e);
    }
  }

  private Class<?> variant(Map<String, Object> document, Class<?> sealed) {
    Object kind = document.get(KIND);
    Class<?> variant = variants.get(sealed).get(String.valueOf(kind));
    if (variant == null) {
      throw new IllegalStateException(
          "a stored " + sealed.getSimpleName() + " is of the unknown kind '" + kind + "'");
    }
    return variant;
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
}
