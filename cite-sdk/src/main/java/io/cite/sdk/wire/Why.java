package io.cite.sdk.wire;

import java.util.List;

/**
 * Why something did or did not happen to a commit.
 *
 * @param repository {@code owner/repo}
 * @param entries the causal chain, oldest first
 */
public record Why(String commit, String repository, List<WhyEntry> entries) {
  public Why {
    entries = Wire.list(entries);
  }
}
