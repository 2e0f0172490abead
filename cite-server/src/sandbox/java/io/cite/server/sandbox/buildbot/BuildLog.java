package io.cite.server.sandbox.buildbot;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A log as Buildbot keeps it: each line led by the stream that it came from. Thread-safe. */
final class BuildLog {
  private final long id;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  BuildLog(long id) {
    this.id = id;
  }

  long id() {
    return id;
  }

  int size() {
    return lines.size();
  }

  /** What the builder itself says. */
  void header(String line) {
    lines.add("h" + line);
  }

  /** What the build printed. */
  void output(String line) {
    lines.add("o" + line);
  }

  /** What the build complained about. */
  void error(String line) {
    lines.add("e" + line);
  }

  /** Some lines with their leading letters. */
  String chunk(int offset, int limit) {
    return lines.stream()
        .skip(offset)
        .limit(limit)
        .map(l -> l + "\n")
        .collect(Collectors.joining());
  }

  /** All lines as they were printed. */
  String raw() {
    return lines.stream().map(l -> l.substring(1) + "\n").collect(Collectors.joining());
  }
}
