package io.cite.core.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.service.Secret;
import io.cite.core.engine.record.schema.CommitCheck;
import io.cite.core.engine.record.schema.Key;
import io.cite.core.engine.record.schema.Keys;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordCodecTest {
  private static final Path FORMAT = Path.of("src/test/resources/golden/records.txt");

  record Holder(String name, Secret secret) {}

  record Loose(Object anything) {}

  static Stream<String> samples() {
    return StoredSamples.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsARecordAsItWasWritten(String name) {
    Record sample = StoredSamples.all().get(name);
    Map<String, Object> document = RecordCodec.standard().write(sample);

    assertThat(RecordCodec.standard().read(document, sample.getClass())).isEqualTo(sample);
    Map<String, Object> asStored = io.cite.core.port.Documents.copyOf(document);
    assertThat(asStored).isEqualTo(document);
    assertThat(RecordCodec.standard().read(asStored, sample.getClass())).isEqualTo(sample);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsADocumentThatANewerVersionWrote(String name) {
    Record sample = StoredSamples.all().get(name);
    Map<String, Object> document = new HashMap<>(RecordCodec.standard().write(sample));
    document.put("addedLater", Map.of("a", List.of(1L)));

    assertThat(RecordCodec.standard().read(document, sample.getClass())).isEqualTo(sample);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsADocumentThatAnOlderVersionWrote(String name) throws ReflectiveOperationException {
    Record sample = StoredSamples.all().get(name);
    checkThatOlderDocumentsAreRead(sample, sample, record -> record);
  }

  /**
   * Checks each component that older documents may lack.
   *
   * @param group the sample itself, or a record that is stored in place of a component of it
   * @param find finds the group in what was read
   */
  private static void checkThatOlderDocumentsAreRead(
      Record sample, Record group, Function<Record, Record> find)
      throws ReflectiveOperationException {
    Map<String, StoredNames.Name> names = new HashMap<>();
    StoredFormat.names().of(group.getClass()).forEach(name -> names.put(name.java(), name));
    for (RecordComponent component : group.getClass().getRecordComponents()) {
      StoredNames.Name name = names.get(component.getName());
      if (name.inline()) {
        checkThatOlderDocumentsAreRead(
            sample,
            (Record) value(group, component),
            r -> (Record) value(find.apply(r), component));
        continue;
      }
      boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      boolean collection =
          Collection.class.isAssignableFrom(component.getType())
              || component.getType() == Map.class;
      if (nullable || collection) {
        Map<String, Object> older = new HashMap<>(RecordCodec.standard().write(sample));
        older.remove(name.stored());
        Object value =
            value(find.apply(RecordCodec.standard().read(older, sample.getClass())), component);
        if (nullable) {
          assertThat(value).isNull();
        } else {
          assertThat(value).isIn(List.of(), Map.of());
        }
      }
    }
  }

  private static Object value(Record record, RecordComponent component) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void hasASampleOfEverythingThatIsStored() {
    Set<String> stored = new TreeSet<>();
    for (Field field : Keys.class.getDeclaredFields()) {
      stored.addAll(keyOf(field.getGenericType()));
    }
    for (Method method : Keys.class.getDeclaredMethods()) {
      stored.addAll(keyOf(method.getGenericReturnType()));
    }
    Set<String> tried = new TreeSet<>();
    StoredSamples.all().values().forEach(sample -> tried.add(sample.getClass().getSimpleName()));
    assertThat(tried).isEqualTo(stored);
  }

  @Test
  void namesEverythingThatIsStoredAndNothingElse() {
    Set<Class<?>> reached = new LinkedHashSet<>();
    StoredSamples.all().values().forEach(sample -> reach(sample.getClass(), reached));

    assertThat(new LinkedHashSet<>(StoredFormat.names().types())).isEqualTo(reached);
  }

  /** Adds what the table has to name where a component is of this type. */
  private static void reach(Type type, Set<Class<?>> reached) {
    if (type instanceof ParameterizedType generic) {
      List.of(generic.getActualTypeArguments()).forEach(argument -> reach(argument, reached));
    } else if (type instanceof Class<?> plain && plain.getName().startsWith("io.cite.")) {
      if (plain.isInterface()) {
        List.of(plain.getPermittedSubclasses()).forEach(variant -> reach(variant, reached));
      } else if (plain.isEnum()) {
        reached.add(plain);
      } else if (!isStoredAsText(plain) && !isStoredAsNumber(plain) && reached.add(plain)) {
        for (RecordComponent component : plain.getRecordComponents()) {
          reach(component.getGenericType(), reached);
        }
      }
    }
  }

  private static boolean isStoredAsNumber(Class<?> type) {
    return type.isRecord()
        && type.getRecordComponents().length == 1
        && type.getRecordComponents()[0].getType() == long.class;
  }

  private static boolean isStoredAsText(Class<?> type) {
    return Stream.of(type.getMethods())
        .anyMatch(
            method ->
                method.getName().equals("parse")
                    && List.of(method.getParameterTypes()).equals(List.of(String.class)));
  }

  private static Set<String> keyOf(Type type) {
    return type instanceof ParameterizedType generic
            && generic.getRawType() == Key.class
            && generic.getActualTypeArguments()[0] instanceof Class<?> record
        ? Set.of(record.getSimpleName())
        : Set.of();
  }

  /**
   * The stored names and the types of what they name are the storage format. If this fails, another
   * version could not read a stored record any more; with {@code -Ddocs.write=true} the format is
   * written.
   */
  @Test
  void keepsTheFormatOfWhatIsStored() throws IOException {
    StringBuilder text = new StringBuilder();
    StoredSamples.all()
        .forEach(
            (name, sample) -> text.append("# ").append(name).append('\n').append(lines(sample)));
    text.append("# values\n").append(values());
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(FORMAT, text);
    }
    assertThat(Files.readString(FORMAT)).isEqualToNormalizingNewlines(text);
  }

  /** Which values the enumerations have in a document. */
  private static String values() {
    StoredNames names = StoredFormat.names();
    Set<String> lines = new TreeSet<>();
    for (Class<?> type : names.types()) {
      if (type.isEnum()) {
        Set<String> values = new TreeSet<>();
        names.of(type).forEach(name -> values.add(name.stored()));
        lines.add(String.join(" ", values) + "\n");
      }
    }
    return String.join("", lines);
  }

  private static String lines(Record sample) {
    Map<String, Object> flat = new TreeMap<>();
    flatten("", RecordCodec.standard().write(sample), flat);
    StringBuilder text = new StringBuilder();
    flat.forEach(
        (path, value) -> {
          String shown =
              value instanceof String s ? '"' + s.replace("\n", "\\n") + '"' : "" + value;
          text.append(path).append(" = ").append(shown).append('\n');
        });
    return text.toString();
  }

  private static void flatten(String path, Object value, Map<String, Object> into) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach((key, item) -> flatten(path.isEmpty() ? "" + key : path + "." + key, item, into));
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      for (int i = 0; i < list.size(); i++) {
        flatten(path + "[" + i + "]", list.get(i), into);
      }
    } else {
      into.put(path, value);
    }
  }

  @Test
  void writesNoSecretAndNothingThatItCannotReadAgain() {
    assertThatThrownBy(() -> RecordCodec.standard().write(new Holder("n", Secret.of("canary"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot be stored")
        .hasMessageNotContaining("canary");
    assertThatThrownBy(() -> RecordCodec.standard().write(new Loose(new Object())))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesADocumentThatBreaksARecordsRules() {
    Map<String, Object> broken =
        new LinkedHashMap<>(RecordCodec.standard().write(StoredSamples.all().get("check")));
    broken.put("commit", "not a commit");

    assertThatThrownBy(() -> RecordCodec.standard().read(broken, CommitCheck.class))
        .isInstanceOf(IllegalStateException.class)
        .hasStackTraceContaining("40 lower-case hexadecimal digits");
  }
}
