package io.cite.core.memory;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import io.cite.core.port.LogIndex;
import io.cite.core.port.LogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A {@link LogIndex} of the lines that are put into it. Thread-safe. */
public final class InMemoryLogIndex implements LogIndex {
  private record Entry(EnvironmentId environment, Instant at, LogLine line) {}

  private final Set<Namespace> indexed = ConcurrentHashMap.newKeySet();
  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  @Override
  public boolean ensureIndex(Namespace namespace) {
    return indexed.add(namespace);
  }

  @Override
  public void removeIndex(Namespace namespace) {
    indexed.remove(namespace);
  }

  @Override
  public List<LogLine> search(
      EnvironmentId environment, @Nullable String text, @Nullable Instant since, int limit) {
    Set<String> wanted = words(text == null ? "" : text);
    List<LogLine> found =
        entries.stream()
            .filter(entry -> entry.environment().equals(environment))
            .filter(entry -> since == null || entry.at().isAfter(since))
            .filter(entry -> words(entry.line().text()).containsAll(wanted))
            .sorted(Comparator.comparing(Entry::at))
            .map(Entry::line)
            .toList();
    return found.subList(Math.max(0, found.size() - Math.max(0, limit)), found.size());
  }

  private static Set<String> words(String text) {
    List<String> words = new ArrayList<>(List.of(text.toLowerCase(Locale.ROOT).split("\\W+")));
    words.remove("");
    return Set.copyOf(words);
  }

  /** Puts a line there. */
  public void add(EnvironmentId environment, Instant at, String pod, String text) {
    entries.add(new Entry(environment, at, new LogLine(at.toString(), pod, text)));
  }

  /** The namespaces that have an index. */
  public Set<Namespace> indexed() {
    return Set.copyOf(indexed);
  }
}
