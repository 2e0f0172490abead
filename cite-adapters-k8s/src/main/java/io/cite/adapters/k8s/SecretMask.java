package io.cite.adapters.k8s;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Replaces secret values in texts. Values of fewer than four characters would hide too much. */
final class SecretMask {
  private static final int SHORTEST = 4;
  private static final String HIDDEN = "********";

  private final List<String> values;

  private SecretMask(List<String> values) {
    this.values = values;
  }

  static SecretMask none() {
    return new SecretMask(List.of());
  }

  /** A mask of these values, each in the encoding of a Kubernetes Secret. */
  static SecretMask ofEncoded(Collection<String> encoded) {
    return new SecretMask(
        encoded.stream()
            .map(v -> new String(Base64.getDecoder().decode(v), StandardCharsets.UTF_8))
            .flatMap(String::lines)
            .map(String::strip)
            .filter(v -> v.length() >= SHORTEST)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  String apply(String text) {
    String masked = text;
    for (String value : values) {
      masked = masked.replace(value, HIDDEN);
    }
    return masked;
  }
}
