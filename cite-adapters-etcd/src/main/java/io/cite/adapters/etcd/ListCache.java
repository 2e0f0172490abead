package io.cite.adapters.etcd;

import io.cite.core.port.MetadataStore.Entry;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Lists as they were last read, the ones asked for most recently. With them, a list that is read
 * again costs what was written since, not what is there. Thread-safe.
 */
final class ListCache {
  private static final int MOST_ENTRIES = 10_000;
  private static final int LONGEST = MOST_ENTRIES / 4;

  private final Map<String, Known> lists = new LinkedHashMap<>(16, 0.75f, true);
  private int entries;

  /**
   * A whole list.
   *
   * @param cluster id of the etcd cluster it was read from
   * @param revision at which it was so
   */
  record Known(long cluster, long revision, List<Entry> entries) {

    /**
     * The list as it is later, derived from what was written meanwhile and by how long it is then:
     * what was removed shows as a difference. Empty if something was, or if the later list is of
     * another store: then the list must be read as a whole.
     *
     * @param written everything that was written after this list's revision
     * @param length of the later list
     */
    Optional<Known> later(long cluster, long revision, List<Entry> written, long length) {
      if (cluster != this.cluster || revision < this.revision) {
        return Optional.empty();
      }
      List<Entry> merged = written.isEmpty() ? entries : merged(written);
      return merged.size() == length
          ? Optional.of(new Known(cluster, revision, merged))
          : Optional.empty();
    }

    private List<Entry> merged(List<Entry> written) {
      Map<String, Entry> byKey = new TreeMap<>();
      entries.forEach(entry -> byKey.put(entry.key(), entry));
      written.forEach(entry -> byKey.put(entry.key(), entry));
      return List.copyOf(byKey.values());
    }
  }

  synchronized Optional<Known> of(String prefix) {
    return Optional.ofNullable(lists.get(prefix));
  }

  synchronized void remember(String prefix, Known list) {
    Known old = lists.get(prefix);
    if (old != null && old.cluster() == list.cluster() && old.revision() > list.revision()) {
      return;
    }
    forget(prefix);
    if (list.entries().size() <= LONGEST) {
      lists.put(prefix, list);
      entries += list.entries().size();
    }
    Iterator<Known> eldest = lists.values().iterator();
    while (entries > MOST_ENTRIES) {
      entries -= eldest.next().entries().size();
      eldest.remove();
    }
  }

  private void forget(String prefix) {
    Known old = lists.remove(prefix);
    if (old != null) {
      entries -= old.entries().size();
    }
  }
}
