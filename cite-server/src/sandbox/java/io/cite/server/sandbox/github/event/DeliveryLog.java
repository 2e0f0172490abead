package io.cite.server.sandbox.github.event;

import io.cite.server.sandbox.github.shape.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The last deliveries of each hook, in memory and as one file of JSON lines per hook. Thread-safe.
 */
public final class DeliveryLog {

  private static final int KEPT = 1_000;

  private final JsonMapper mapper = JsonMapper.builder().build();
  private final Path directory;
  private final Map<Long, Deque<Delivery>> byHook = new HashMap<>();
  private final Map<Long, Integer> linesWritten = new HashMap<>();

  public DeliveryLog(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
          read(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to read deliveries but failed", e);
    }
  }

  /** The largest number of a delivery or hook seen. */
  public synchronized long lastId() {
    return byHook.values().stream()
        .flatMap(Deque::stream)
        .mapToLong(delivery -> Math.max(delivery.id(), delivery.hook()))
        .max()
        .orElse(0);
  }

  synchronized void add(Delivery delivery) {
    remember(delivery);
    try {
      int lines = linesWritten.merge(delivery.hook(), 1, Integer::sum);
      if (lines > 2 * KEPT) {
        rewrite(delivery.hook());
      } else {
        Files.writeString(
            file(delivery.hook()),
            line(delivery),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to record a delivery but failed", e);
    }
  }

  /** Newest first, by number: two that were sent at once may be recorded in another order. */
  public synchronized List<Delivery> of(long hook) {
    List<Delivery> found = new ArrayList<>(byHook.getOrDefault(hook, new ArrayDeque<>()));
    found.sort(Comparator.comparingLong(Delivery::id).reversed());
    return found;
  }

  public Optional<Delivery> find(long hook, long id) {
    return of(hook).stream().filter(delivery -> delivery.id() == id).findFirst();
  }

  /** Forgets what a hook that is no more was sent. */
  public synchronized void forget(long hook) {
    byHook.remove(hook);
    linesWritten.remove(hook);
    try {
      Files.deleteIfExists(file(hook));
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to forget deliveries but failed", e);
    }
  }

  private void remember(Delivery delivery) {
    Deque<Delivery> kept = byHook.computeIfAbsent(delivery.hook(), key -> new ArrayDeque<>());
    kept.addLast(delivery);
    if (kept.size() > KEPT) {
      kept.removeFirst();
    }
  }

  private void read(Path file) throws IOException {
    for (String line : Files.readAllLines(file)) {
      // A process killed while writing leaves its last line unfinished.
      if (line.endsWith("}")) {
        Delivery delivery = mapper.treeToValue(Json.parse(line.getBytes(StandardCharsets.UTF_8)), Delivery.class);
        remember(delivery);
        linesWritten.merge(delivery.hook(), 1, Integer::sum);
      }
    }
  }

  private void rewrite(long hook) throws IOException {
    StringBuilder lines = new StringBuilder();
    Deque<Delivery> kept = byHook.getOrDefault(hook, new ArrayDeque<>());
    kept.forEach(delivery -> lines.append(line(delivery)));
    Files.writeString(file(hook), lines);
    linesWritten.put(hook, kept.size());
  }

  private String line(Delivery delivery) {
    return mapper.writeValueAsString(delivery) + "\n";
  }

  private Path file(long hook) {
    return directory.resolve(hook + ".jsonl");
  }
}
