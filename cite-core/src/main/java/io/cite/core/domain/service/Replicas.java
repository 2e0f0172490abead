package io.cite.core.domain.service;

import io.cite.core.error.InvalidInput;

/**
 * How many pods of an environment run.
 *
 * @param count 1 to 100
 */
public record Replicas(int count) {
  private static final int MAX = 100;

  public Replicas {
    if (count < 1 || count > MAX) {
      throw new InvalidInput("The number of replicas must be 1 to " + MAX + ", not " + count);
    }
  }
}
