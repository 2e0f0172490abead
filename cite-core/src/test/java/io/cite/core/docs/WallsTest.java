package io.cite.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which package of the core may use which other one, each with the reason. */
class WallsTest {

  /** No package has more types than a reader can hold in mind. */
  private static final int MOST_TYPES = 18;

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(Rooms.CORE);

  private static String room(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(Rooms.CORE) ? Rooms.TOP : name.substring(Rooms.CORE.length() + 1);
  }

  private Map<String, Set<String>> found() {
    Map<String, Set<String>> found = new TreeMap<>();
    for (JavaClass type : classes) {
      Set<String> uses = found.computeIfAbsent(room(type), key -> new TreeSet<>());
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass();
        if (target.getPackageName().startsWith(Rooms.CORE) && !room(target).equals(room(type))) {
          uses.add(room(target));
        }
      }
    }
    return found;
  }

  @Test
  void aPackageUsesWhatItsReasonAllowsAndNothingElse() {
    Map<String, Set<String>> allowed = new TreeMap<>();
    Rooms.ALL.forEach((name, room) -> allowed.put(name, room.uses()));
    // also an arrow that nobody needs any more has to go from the table
    assertThat(found()).isEqualTo(allowed);
  }

  @Test
  void everyArrowPointsDown() {
    Set<String> below = new TreeSet<>();
    Rooms.ALL.forEach(
        (name, room) -> {
          assertThat(below).as("what stands below %s", name).containsAll(room.uses());
          below.add(name);
        });
  }

  @Test
  void nothingBelowTheUseCasesKnowsThem() {
    assertThat(found().entrySet())
        .filteredOn(
            room -> !room.getKey().startsWith("usecase") && !room.getKey().equals(Rooms.TOP))
        .isNotEmpty()
        .allSatisfy(
            room -> assertThat(room.getValue()).noneMatch(name -> name.startsWith("usecase")));
  }

  @Test
  void noPackageHasMoreTypesThanAReaderCanHold() {
    Map<String, Long> sizes =
        classes.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(WallsTest::room, TreeMap::new, Collectors.counting()));

    assertThat(sizes)
        .isNotEmpty()
        .allSatisfy((name, size) -> assertThat(size).isLessThanOrEqualTo(MOST_TYPES));
  }

  @Test
  void thePageShowsTheSameTable() throws Exception {
    StringBuilder table = new StringBuilder("| package | uses | because |\n|---|---|---|\n");
    Rooms.ALL.forEach(
        (name, room) ->
            table.append(
                "| `%s` | %s | %s |\n"
                    .formatted(
                        name,
                        room.uses().stream()
                            .map(used -> "`" + used + "`")
                            .collect(Collectors.joining(" ")),
                        room.because())));
    new Page("architecture.md").holds("arrows", table.toString());
  }
}
