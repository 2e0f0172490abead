package io.cite.server.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a bench measured, appended to {@code target/bench/results.txt}. */
final class Results {
  private static final Path FILE = Path.of("target", "bench", "results.txt");
  private static final double NANOS_PER_MILLI = 1e6;

  private Results() {}

  static void add(String line) throws IOException {
    Files.createDirectories(FILE.getParent());
    Files.writeString(FILE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Median, 99th percentile and greatest of times in nanoseconds. */
  static String times(List<Long> nanos) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "n=%d p50=%.1f ms p99=%.1f ms max=%.1f ms",
        sorted.length,
        at(sorted, 0.5),
        at(sorted, 0.99),
        Arrays.stream(sorted).max().orElse(0) / NANOS_PER_MILLI);
  }

  private static double at(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
        / NANOS_PER_MILLI;
  }
}
