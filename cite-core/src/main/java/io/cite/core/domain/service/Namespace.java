package io.cite.core.domain.service;

import io.cite.core.error.InvalidInput;
import java.util.Locale;
import java.util.Set;

/**
 * The Kubernetes namespace of a repository owner.
 *
 * @param value an RFC 1123 label; never {@code default} nor {@code kube-*}
 */
public record Namespace(String value) implements Comparable<Namespace> {
  private static final Set<String> RESERVED = Set.of("default");

  public Namespace {
    if (!DnsName.isLabel(value)) {
      throw new InvalidInput(
          "The namespace '"
              + value
              + "' is not a Kubernetes name. It must have only a-z, 0-9 and '-', and at most 63 characters");
    }
    if (RESERVED.contains(value) || value.startsWith("kube-")) {
      throw new InvalidInput(
          "The namespace '" + value + "' belongs to Kubernetes and cannot be used by CITE");
    }
  }

  /** Reads a namespace's name. */
  public static Namespace parse(String text) {
    return new Namespace(text);
  }

  /** The namespace of an owner: lower case, every other character made a dash. */
  public static Namespace of(String owner) {
    return new Namespace(owner.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-"));
  }

  @Override
  public int compareTo(Namespace other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
