package io.cite.core.domain.service;

import io.cite.core.domain.source.BranchName;
import io.cite.core.error.InvalidInput;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Branch names that look alike once they are made readable, from a seed. */
final class TrickyBranches {
  private static final List<String> SEPARATORS =
      List.of("/", ".", "-", "_", "--", "+", "/-", "%2F");
  private static final List<String> WORDS =
      List.of("feature", "Feature", "x", "X", "ä", "日本", "fix", "1", "main", "deadbeef");

  private TrickyBranches() {}

  /** About so many names, each once; among them names that are other names' slugs. */
  static Set<BranchName> generate(long seed, int count) {
    Random random = new Random(seed);
    Set<BranchName> names = new LinkedHashSet<>();
    while (names.size() < count) {
      StringBuilder text = new StringBuilder(pick(random, WORDS));
      int parts = random.nextInt(4);
      for (int i = 0; i < parts; i++) {
        text.append(pick(random, SEPARATORS)).append(pick(random, WORDS));
      }
      if (random.nextInt(4) == 0) {
        text.append(pick(random, SEPARATORS)).append("long".repeat(random.nextInt(30)));
      }
      try {
        BranchName name = BranchName.parse(text.toString());
        names.add(name);
        names.add(BranchName.parse(BranchSlug.of(name).value()));
      } catch (InvalidInput e) {
        // git does not allow this one
      }
    }
    return names;
  }

  private static String pick(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
