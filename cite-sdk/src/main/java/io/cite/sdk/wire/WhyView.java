package io.cite.sdk.wire;

import java.util.List;

/**
 * Why something did or did not happen to a commit.
 *
 * @param repository {@code owner/repo}
 * @param entries the causal chain, oldest first
 */
public record WhyView(String commit, String repository, List<WhyEntryView> entries) {
  public WhyView {
    entries = Wire.list(entries);
  }
}
