package io.cite.adapters.etcd;

import io.cite.core.error.Upstream;
import io.cite.core.port.Documents;
import io.etcd.jetcd.ByteSequence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Documents as JSON objects with two members more: {@code v}, the version of the format, and {@code
 * w}, the token of the write. A document's own members of these names are kept apart by an
 * underscore in front.
 */
final class JsonDocuments {
  private static final String VERSION = "v";
  private static final String TOKEN = "w";
  private static final Pattern OWN = Pattern.compile("_*[vw]");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_LONG_FOR_INTS).build();

  private JsonDocuments() {}

  /** What a stored value says. */
  record Value(Map<String, Object> document, String token) {}

  static ByteSequence encode(Map<String, Object> document, String token) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put(VERSION, 1);
    members.put(TOKEN, token);
    Documents.copyOf(document)
        .forEach(
            (name, value) -> members.put(OWN.matcher(name).matches() ? "_" + name : name, value));
    return ByteSequence.from(JSON.writeValueAsBytes(members));
  }

  static Value decode(String key, ByteSequence bytes) {
    Map<?, ?> members;
    try {
      members = JSON.readValue(bytes.getBytes(), Map.class);
    } catch (JacksonException failure) {
      throw unreadable(key, "it is not a JSON object", failure);
    }
    if (!Long.valueOf(1).equals(members.get(VERSION))) {
      throw unreadable(key, "its format is not version 1", null);
    }
    Map<Object, Object> document = new LinkedHashMap<>();
    members.forEach(
        (name, value) -> {
          String text = String.valueOf(name);
          if (!text.equals(VERSION) && !text.equals(TOKEN)) {
            document.put(OWN.matcher(text).matches() ? text.substring(1) : text, value);
          }
        });
    try {
      return new Value(Documents.copyOf(document), String.valueOf(members.get(TOKEN)));
    } catch (IllegalArgumentException failure) {
      throw unreadable(key, String.valueOf(failure.getMessage()), failure);
    }
  }

  private static Upstream unreadable(
      String key, String why, @org.jspecify.annotations.Nullable Exception cause) {
    return Upstream.permanent("etcd", "read " + key, why, cause);
  }
}
