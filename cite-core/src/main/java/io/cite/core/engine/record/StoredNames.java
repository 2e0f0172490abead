package io.cite.core.engine.record;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names under which components of records, constants of enumerations and variants of sealed
 * interfaces are stored. A name that differs from the one in Java, or a group whose components are
 * stored beside those of its record, is written down here; so Java may be renamed and regrouped
 * while the stored documents stay as they are.
 *
 * <p>Names are given as words: {@code commit} is stored as it is called in Java, {@code
 * commit=revision} stores the component {@code revision} as {@code commit}, and {@code *rollout}
 * stores the components of the record {@code rollout} in place of that record, which must not be
 * null.
 */
final class StoredNames {
  private static final String INLINE = "*";

  private final Map<Class<?>, List<Name>> names = new LinkedHashMap<>();
  private final Map<Class<?>, String> kinds = new LinkedHashMap<>();

  /**
   * One name.
   *
   * @param stored the name in the document; empty for an inlined group
   * @param java the name of the component or constant
   * @param inline whether the component is a record that is stored in place
   */
  record Name(String stored, String java, boolean inline) {
    static Name parse(String word) {
      if (word.startsWith(INLINE)) {
        return new Name("", word.substring(INLINE.length()), true);
      }
      int equals = word.indexOf('=');
      return equals < 0
          ? new Name(word, word, false)
          : new Name(word.substring(0, equals), word.substring(equals + 1), false);
    }
  }

  /**
   * Names what is stored of a record or an enumeration.
   *
   * @throws IllegalStateException if a component or constant has no name, or a name has neither
   */
  StoredNames type(Class<?> type, String words) {
    List<Name> parsed = Arrays.stream(words.split("\\s+")).map(Name::parse).toList();
    List<String> named = parsed.stream().map(Name::java).toList();
    Set<String> present = members(type);
    if (!new HashSet<>(named).equals(present) || named.size() != present.size()) {
      throw new IllegalStateException(
          "Give each of " + type + "'s " + present + " one stored name; named are " + named);
    }
    List<String> stored = parsed.stream().filter(name -> !name.inline()).map(Name::stored).toList();
    if (new HashSet<>(stored).size() != stored.size()) {
      throw new IllegalStateException("A stored name is given twice in " + type + ": " + stored);
    }
    names.put(type, parsed);
    return this;
  }

  /**
   * Names what is stored of a variant of a sealed interface.
   *
   * @param kind what tells it from the other variants
   */
  StoredNames variant(Class<?> type, String kind, String words) {
    kinds.put(type, kind);
    return type(type, words);
  }

  private static Set<String> members(Class<?> type) {
    Set<String> members = new TreeSet<>();
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        members.add(((Enum<?>) constant).name());
      }
    } else {
      for (RecordComponent component : type.getRecordComponents()) {
        members.add(component.getName());
      }
    }
    return members;
  }

  /** Whether the type is a record or an enumeration whose names are given. */
  boolean has(Class<?> type) {
    return names.containsKey(type);
  }

  /** The names of a type, in the order in which they are stored. */
  List<Name> of(Class<?> type) {
    List<Name> found = names.get(type);
    if (found == null) {
      throw new IllegalStateException(type + " has no stored names and cannot be stored");
    }
    return found;
  }

  /** The variants of a sealed interface by their stored kinds. */
  Map<String, Class<?>> variants(Class<?> sealed) {
    Map<String, Class<?>> variants = new LinkedHashMap<>();
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      String kind =
          kind(permitted)
              .orElseThrow(() -> new IllegalStateException(permitted + " has no stored kind"));
      if (variants.put(kind, permitted) != null) {
        throw new IllegalStateException("Two variants of " + sealed + " are stored as " + kind);
      }
    }
    return variants;
  }

  /** The stored kind of a variant; empty if the type is no variant. */
  Optional<String> kind(Class<?> type) {
    return Optional.ofNullable(kinds.get(type));
  }

  /** Every type that has names. */
  List<Class<?>> types() {
    return new ArrayList<>(names.keySet());
  }
}
