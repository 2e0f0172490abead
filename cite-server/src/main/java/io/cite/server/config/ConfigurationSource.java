package io.cite.server.config;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Brings a YAML text and the environment together into one value per key. Keys may be nested or
 * dotted. Variables that name no key are left alone: Kubernetes gives pods variables of its own
 * making, such as {@code CITE_SERVICE_HOST} beside a Service named cite.
 */
final class ConfigurationSource {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final List<ConfigurationKey> keys;
  private final List<String> mistakes;

  ConfigurationSource(List<ConfigurationKey> keys, List<String> mistakes) {
    this.keys = keys;
    this.mistakes = mistakes;
  }

  Map<String, JsonNode> read(String yaml, Map<String, String> environment) {
    Map<String, JsonNode> values = new HashMap<>();
    JsonNode root = tree(yaml, "The file");
    if (root != null && root.isObject()) {
      collect("", root, values);
    } else if (root != null && !root.isNull() && !root.isMissingNode()) {
      mistakes.add("The file must be a map of keys");
    }
    for (ConfigurationKey key : keys) {
      String value = environment.get(key.environmentName());
      if (value != null && !value.isBlank()) {
        JsonNode node =
            key.kind() == ConfigurationKey.Kind.TOKENS
                ? tree(value, key.environmentName())
                : StringNode.valueOf(value);
        if (node != null) {
          values.put(key.name(), node);
        }
      }
    }
    return values;
  }

  private void collect(String prefix, JsonNode map, Map<String, JsonNode> values) {
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      String name = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
      JsonNode value = entry.getValue();
      if (isKey(name)) {
        if (values.put(name, value) != null) {
          mistakes.add(name + " is set twice");
        }
      } else if (isSection(name) && value.isObject()) {
        collect(name, value, values);
      } else if (isSection(name) && !value.isNull()) {
        mistakes.add(name + " is a group of keys, not a value");
      } else if (!isSection(name)) {
        mistakes.add(name + " is not a key" + suggestion(name));
      }
    }
  }

  private boolean isKey(String name) {
    return keys.stream().anyMatch(key -> key.name().equals(name));
  }

  private boolean isSection(String name) {
    return keys.stream().anyMatch(key -> key.name().startsWith(name + "."));
  }

  private String suggestion(String name) {
    return keys.stream()
        .map(ConfigurationKey::name)
        .min(Comparator.comparingInt(known -> distance(known, name)))
        .filter(known -> distance(known, name) <= Math.max(2, name.length() / 4))
        .map(known -> ". Did you mean " + known + "?")
        .orElse("");
  }

  private @Nullable JsonNode tree(String text, String where) {
    try {
      return YAML.readTree(text);
    } catch (JacksonException e) {
      String reason = e.getOriginalMessage();
      mistakes.add(
          where
              + " is not valid YAML (line "
              + (e.getLocation() == null ? "?" : e.getLocation().getLineNr())
              + "): "
              + (reason == null ? "" : reason.lines().findFirst().orElse("")));
      return null;
    }
  }

  /** The number of characters to change, add or remove to get from one text to the other. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
