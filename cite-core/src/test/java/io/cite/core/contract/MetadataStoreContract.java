package io.cite.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.port.MetadataStore;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Commit;
import io.cite.core.port.MetadataStore.Condition;
import io.cite.core.port.MetadataStore.Entry;
import io.cite.core.port.MetadataStore.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every metadata store promises about documents, revisions and conditions. */
public abstract class MetadataStoreContract {

  /** The store under test; the same one throughout a test. */
  protected abstract MetadataStore store();

  /** Under which all keys of the test lie; ends with a slash, and nothing lies there yet. */
  protected abstract String prefix();

  @Test
  void hasNothingAtAKeyThatWasNeverWritten() {
    assertThat(store().get(key("none"))).isEmpty();
    assertThat(store().list(prefix())).isEmpty();
  }

  @Test
  void returnsTheDocumentThatWasWritten() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("text", "zażółć gęślą jaźń \uD83D\uDE80 \"quoted\" \\ \n\t\u0001 </script>");
    document.put("empty", "");
    document.put("small", 7L);
    document.put("large", Long.MAX_VALUE);
    document.put("negative", Long.MIN_VALUE);
    document.put("yes", true);
    document.put("no", false);
    document.put("map", Map.of("inner", Map.of("deep", List.of(1L, "two", List.of(), Map.of()))));
    document.put("list", List.of(Map.of("a", 1L), Map.of("b", false)));
    document.put("ключ with spaces", "x");
    put("document", document);

    assertThat(store().get(key("document")).orElseThrow().document()).isEqualTo(document);
  }

  @Test
  void keepsDocumentMembersThatLookLikeAStoresOwn() {
    Map<String, Object> document =
        Map.of("v", 2L, "w", "mine", "_v", "x", "__w", "y", "_", "z", "key", "k", "revision", 3L);
    put("own", document);

    assertThat(store().get(key("own")).orElseThrow().document()).isEqualTo(document);
  }

  @Test
  void returnsAnEmptyAndALargeDocument() {
    String text = "0123456789".repeat(20_000);
    put("empty", Map.of());
    put("large", Map.of("text", text));

    assertThat(store().get(key("empty")).orElseThrow().document()).isEmpty();
    assertThat(store().get(key("large")).orElseThrow().document()).containsEntry("text", text);
  }

  @Test
  void returnsWholeNumbersAsLongs() {
    put("numbers", Map.of("int", 5, "list", List.of(1, 2L, (short) 3)));

    assertThat(store().get(key("numbers")).orElseThrow().document())
        .isEqualTo(Map.of("int", 5L, "list", List.of(1L, 2L, 3L)));
  }

  @Test
  void refusesWhatADocumentCannotHold() {
    Map<String, Object> withNull = new LinkedHashMap<>();
    withNull.put("a", null);
    Change.Put nothing = new Change.Put(key("bad"), withNull);
    Change.Put fraction = new Change.Put(key("bad"), Map.of("a", List.of(0.5)));

    assertThatThrownBy(() -> store().commit(when(List.of(), nothing)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().commit(when(List.of(), fraction)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store().get(key("bad"))).isEmpty();
  }

  @Test
  void sharesNoStateWithItsCallers() {
    List<Object> list = new ArrayList<>(List.of("a"));
    Map<String, Object> document = new LinkedHashMap<>(Map.of("list", list));
    put("own", document);
    list.add("b");
    document.put("c", "d");

    Map<String, Object> read = store().get(key("own")).orElseThrow().document();
    assertThat(read).isEqualTo(Map.of("list", List.of("a")));
    assertThatThrownBy(() -> read.put("x", "y")).isInstanceOf(UnsupportedOperationException.class);
    assertThat(store().get(key("own")).orElseThrow().document()).isEqualTo(read);
  }

  @Test
  void keepsTheCreateRevisionAndRaisesTheRevision() {
    long first = put("key", Map.of("n", 1L));
    long second = put("key", Map.of("n", 2L));

    assertThat(second).isGreaterThan(first);
    assertThat(store().get(key("key")))
        .contains(new Entry(key("key"), Map.of("n", 2L), first, second));
  }

  @Test
  void givesAKeyThatIsMadeAgainANewCreateRevision() {
    long first = put("key", Map.of());
    commit(when(List.of(), new Change.Delete(key("key"))));
    long second = put("key", Map.of());

    Entry entry = store().get(key("key")).orElseThrow();
    assertThat(entry.createRevision()).isEqualTo(second).isGreaterThan(first);
  }

  @Test
  void raisesRevisionsOverTheWholeStore() {
    long first = put("a", Map.of());
    long second = put("b", Map.of());
    long third = put("a", Map.of());

    assertThat(List.of(first, second, third)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void writesAllChangesOfATransactionAtOneRevision() {
    put("old", Map.of());
    long revision =
        commit(
            when(
                List.of(new Condition.Absent(key("a"))),
                new Change.Put(key("a"), Map.of("n", 1L)),
                new Change.Put(key("b"), Map.of("n", 2L)),
                new Change.Delete(key("old"))));

    assertThat(store().list(prefix()))
        .containsExactly(
            new Entry(key("a"), Map.of("n", 1L), revision, revision),
            new Entry(key("b"), Map.of("n", 2L), revision, revision));
  }

  @Test
  void writesNothingWhereOneConditionDoesNotHold() {
    long revision = put("there", Map.of("n", 1L));
    Transaction transaction =
        when(
            List.of(
                new Condition.Unchanged(key("there"), revision),
                new Condition.Absent(key("there"))),
            new Change.Put(key("there"), Map.of("n", 2L)),
            new Change.Put(key("new"), Map.of()),
            new Change.Delete(key("there-too")));

    assertThat(store().commit(transaction)).isEqualTo(new Commit.Refused());
    assertThat(store().list(prefix()))
        .containsExactly(new Entry(key("there"), Map.of("n", 1L), revision, revision));
  }

  @Test
  void absentHoldsUntilThereIsADocumentAndAfterItIsGone() {
    Condition absent = new Condition.Absent(key("key"));
    assertThat(holds(absent)).isTrue();
    put("key", Map.of());
    assertThat(holds(absent)).isFalse();
    commit(when(List.of(), new Change.Delete(key("key"))));
    assertThat(holds(absent)).isTrue();
  }

  @Test
  void unchangedHoldsUntilTheDocumentIsWrittenAgainOrDeleted() {
    assertThat(holds(new Condition.Unchanged(key("key"), 1))).isFalse();
    Condition first = new Condition.Unchanged(key("key"), put("key", Map.of()));
    assertThat(holds(first)).isTrue();
    Condition second = new Condition.Unchanged(key("key"), put("key", Map.of()));
    assertThat(holds(first)).isFalse();
    assertThat(holds(second)).isTrue();
    commit(when(List.of(), new Change.Delete(key("key"))));
    assertThat(holds(second)).isFalse();
  }

  @Test
  void createdAtHoldsWhateverIsWrittenUntilTheKeyIsMadeAnew() {
    assertThat(holds(new Condition.CreatedAt(key("key"), 1))).isFalse();
    long made = put("key", Map.of());
    Condition fence = new Condition.CreatedAt(key("key"), made);
    put("key", Map.of("n", 1L));
    assertThat(holds(fence)).isTrue();
    commit(when(List.of(), new Change.Delete(key("key"))));
    assertThat(holds(fence)).isFalse();
    put("key", Map.of());
    assertThat(holds(fence)).isFalse();
  }

  @Test
  void deletingWhatIsNotThereIsNoFailure() {
    assertThat(store().commit(when(List.of(), new Change.Delete(key("none")))))
        .isInstanceOf(Commit.Committed.class);
  }

  @Test
  void commitsATransactionWithoutChanges() {
    assertThat(store().commit(when(List.of()))).isInstanceOf(Commit.Committed.class);
  }

  @Test
  void takesAHundredConditionsAndAHundredChanges() {
    List<Condition> conditions = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      conditions.add(new Condition.Absent(key("k%02d".formatted(i))));
      changes.add(new Change.Put(key("k%02d".formatted(i)), Map.of("i", i)));
    }

    assertThat(store().commit(new Transaction(conditions, changes)))
        .isInstanceOf(Commit.Committed.class);
    assertThat(store().list(prefix())).hasSize(100);
  }

  @Test
  void listsByKeyWhatBeginsWithThePrefix() {
    List<String> names = List.of("a", "a!", "a%2Fb", "a-b", "a.b", "a/", "a/b", "aB", "a_b", "ab");
    names.forEach(name -> put(name, Map.of()));
    put("b", Map.of());

    assertThat(store().list(key("a")))
        .extracting(Entry::key)
        .containsExactlyElementsOf(keys(names));
    assertThat(store().list(key("a/")))
        .extracting(Entry::key)
        .containsExactly(key("a/"), key("a/b"));
    assertThat(store().list(key("a_"))).extracting(Entry::key).containsExactly(key("a_b"));
    assertThat(store().list(key("a%"))).extracting(Entry::key).containsExactly(key("a%2Fb"));
    assertThat(store().list(key("c"))).isEmpty();
  }

  @Test
  void listsInPages() {
    List<String> names = IntStream.range(0, 25).mapToObj("k%02d"::formatted).toList();
    names.forEach(name -> put(name, Map.of()));
    put("z", Map.of());

    List<String> read = new ArrayList<>();
    String after = null;
    List<Entry> page = store().list(key("k"), after, 10);
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(10);
      page.forEach(entry -> read.add(entry.key()));
      after = page.get(page.size() - 1).key();
      page = store().list(key("k"), after, 10);
    }

    assertThat(read).containsExactlyElementsOf(keys(names));
  }

  @Test
  void listsAfterAKeyThatIsNotThereOrOutsideOfThePrefix() {
    List.of("k1", "k3").forEach(name -> put(name, Map.of()));

    assertThat(store().list(key("k"), key("k2"), 5))
        .extracting(Entry::key)
        .containsExactly(key("k3"));
    assertThat(store().list(key("k"), key("a"), 5)).hasSize(2);
    assertThat(store().list(key("k"), key("z"), 5)).isEmpty();
  }

  @Test
  void listsManyDocuments() {
    for (int block = 0; block < 12; block++) {
      List<Change> changes = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        changes.add(new Change.Put(key("k%02d-%02d".formatted(block, i)), Map.of("i", i)));
      }
      commit(new Transaction(List.of(), changes));
    }

    assertThat(store().list(prefix())).hasSize(1200).extracting(Entry::key).isSorted();
  }

  /** A store may remember what it listed; whatever happens in between, it lists what is there. */
  @Test
  void listsWhatIsThereWhateverWasListedBefore() {
    Random random = new Random(7);
    SortedMap<String, Entry> there = new TreeMap<>();
    for (int round = 0; round < 150; round++) {
      Map<String, Change> changes = new LinkedHashMap<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        String key = key("%s/%d".formatted(random.nextBoolean() ? "a" : "b", random.nextInt(6)));
        changes.put(
            key,
            random.nextInt(3) == 0
                ? new Change.Delete(key)
                : new Change.Put(key, Map.of("round", (long) round)));
      }
      long revision = commit(new Transaction(List.of(), List.copyOf(changes.values())));
      changes.forEach(
          (key, change) -> {
            if (change instanceof Change.Put put) {
              Entry old = there.get(key);
              long created = old == null ? revision : old.createRevision();
              there.put(key, new Entry(key, put.document(), created, revision));
            } else {
              there.remove(key);
            }
          });

      String prefix = key(List.of("", "a/", "b/").get(random.nextInt(3)));
      assertThat(store().list(prefix))
          .as("round %d, %s", round, prefix)
          .containsExactlyElementsOf(
              there.values().stream().filter(e -> e.key().startsWith(prefix)).toList());
    }
  }

  private boolean holds(Condition condition) {
    return store().commit(when(List.of(condition))) instanceof Commit.Committed;
  }

  private long put(String name, Map<String, Object> document) {
    return commit(when(List.of(), new Change.Put(key(name), document)));
  }

  private long commit(Transaction transaction) {
    Commit commit = store().commit(transaction);
    assertThat(commit).isInstanceOf(Commit.Committed.class);
    return ((Commit.Committed) commit).revision();
  }

  private static Transaction when(List<Condition> conditions, Change... changes) {
    return new Transaction(conditions, List.of(changes));
  }

  private List<String> keys(List<String> names) {
    return names.stream().map(this::key).toList();
  }

  private String key(String name) {
    return prefix() + name;
  }
}
