package io.cite.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which package of the core may use which other one, each with the reason. */
class WallsTest {
  private static final String CORE = "io.cite.core";

  /** No package has more types than a reader can hold in mind. */
  private static final int MOST_TYPES = 18;

  private record Room(String because, Set<String> uses) {}

  /** The rooms from the ground floor up: a room uses only what stands above it in this table. */
  private static final Map<String, Room> ROOMS = new LinkedHashMap<>();

  private static void room(String name, String because, String... uses) {
    ROOMS.put(name, new Room(because, new TreeSet<>(Arrays.asList(uses))));
  }

  static {
    room("error", "the failures that every other package may throw");
    room("domain", "a machine is a table, whatever it is about");
    room("domain.source", "the source host's words", "error");
    room("domain.image", "an image is checked against its repository", "domain.source", "error");
    room("domain.service", "a service is made from a branch", "domain", "domain.source", "error");
    room(
        "domain.build",
        "a build turns a commit into an image",
        "domain",
        "domain.image",
        "domain.service",
        "domain.source",
        "error");
    room(
        "domain.deploy",
        "a deployment makes a build's image live",
        "domain",
        "domain.build",
        "domain.image",
        "domain.service",
        "domain.source",
        "error");
    room("domain.audit", "who did what, in words");
    room(
        "port",
        "what the core needs from outside, in domain terms",
        "domain.audit",
        "domain.build",
        "domain.image",
        "domain.service",
        "domain.source");
    room("port.source", "the source host, cut by role", "domain.deploy", "domain.source", "port");
    room(
        "port.cluster",
        "the cluster, cut by role",
        "domain.deploy",
        "domain.image",
        "domain.service",
        "domain.source",
        "port");
    room(
        "memory",
        "implementations of the ports that know nobody behind a port",
        "domain.audit",
        "domain.build",
        "domain.deploy",
        "domain.image",
        "domain.service",
        "domain.source",
        "error",
        "port",
        "port.cluster",
        "port.source");
    room(
        "engine.record.schema",
        "where the store has what the domain knows",
        "domain.audit",
        "domain.build",
        "domain.deploy",
        "domain.service",
        "domain.source",
        "port");
    room(
        "engine.record",
        "versioned records, and the stored form of all of them in one table",
        "domain.audit",
        "domain.build",
        "domain.deploy",
        "domain.service",
        "domain.source",
        "engine.record.schema",
        "error",
        "port");
    room(
        "engine.store",
        "the stored state in domain terms, without keys and stored forms",
        "domain.audit",
        "domain.build",
        "domain.deploy",
        "domain.service",
        "domain.source",
        "engine.record",
        "engine.record.schema",
        "error",
        "port");
    room(
        "engine.schedule",
        "a queue knows names of work, not the work",
        "domain.service",
        "domain.source",
        "port");
    room(
        "engine.inbox",
        "a delivery becomes checks or a disposition, and nothing else",
        "domain.audit",
        "domain.build",
        "domain.service",
        "domain.source",
        "engine.record",
        "engine.record.schema",
        "error",
        "port");
    room(
        "engine.outbox",
        "messages know what they tell of, not who decided it",
        "domain.build",
        "domain.deploy",
        "domain.service",
        "domain.source",
        "engine.record",
        "engine.record.schema",
        "error",
        "port",
        "port.source");
    room(
        "engine.builds",
        "builds go on without knowing deployments",
        "domain.audit",
        "domain.build",
        "domain.image",
        "domain.service",
        "domain.source",
        "engine.outbox",
        "engine.record",
        "engine.record.schema",
        "engine.store",
        "error",
        "port",
        "port.source");
    room(
        "engine.rollout",
        "deployments read builds from the store, not from who follows them",
        "domain.audit",
        "domain.build",
        "domain.deploy",
        "domain.image",
        "domain.service",
        "domain.source",
        "engine.outbox",
        "engine.record",
        "engine.record.schema",
        "engine.store",
        "error",
        "port",
        "port.cluster",
        "port.source");
    room(
        "engine.environment",
        "an environment's end ends the reports of its deployments",
        "domain.audit",
        "domain.deploy",
        "domain.service",
        "domain.source",
        "engine.record",
        "engine.record.schema",
        "engine.rollout",
        "engine.store",
        "error",
        "port",
        "port.cluster",
        "port.source");
    room(
        "engine.service",
        "a creation knows its steps, and environments only as records",
        "domain.audit",
        "domain.build",
        "domain.service",
        "domain.source",
        "engine.record",
        "engine.record.schema",
        "engine.store",
        "error",
        "port",
        "port.cluster",
        "port.source");
    room(
        "engine.check",
        "a check reads all records and calls no part of the engine",
        "domain.build",
        "domain.deploy",
        "domain.service",
        "domain.source",
        "engine.builds",
        "engine.record",
        "engine.record.schema",
        "engine.store",
        "error",
        "port",
        "port.cluster");
    room(
        "engine.sweep",
        "a sweep queues what it finds, and does none of it",
        "domain.build",
        "domain.service",
        "domain.source",
        "engine.outbox",
        "engine.record",
        "engine.record.schema",
        "error",
        "port",
        "port.source");
    room(
        "engine",
        "the only place that knows all parts, because it assembles them",
        "domain.build",
        "domain.deploy",
        "domain.image",
        "domain.service",
        "domain.source",
        "engine.builds",
        "engine.environment",
        "engine.inbox",
        "engine.outbox",
        "engine.record",
        "engine.record.schema",
        "engine.rollout",
        "engine.schedule",
        "engine.service",
        "engine.store",
        "engine.sweep",
        "error",
        "port",
        "port.cluster",
        "port.source");
    room(
        "usecase",
        "an order is decided on stores and written with its audit entry in one place",
        "domain.audit",
        "domain.service",
        "engine.store",
        "error",
        "port");
    room(
        "usecase.build",
        "orders and deliveries that lead to builds",
        "domain.audit",
        "domain.build",
        "domain.service",
        "domain.source",
        "engine.builds",
        "engine.store",
        "error",
        "port",
        "port.source",
        "usecase");
    room(
        "usecase.create",
        "orders that make services and environments",
        "domain.audit",
        "domain.service",
        "domain.source",
        "engine.store",
        "error",
        "port",
        "port.cluster",
        "port.source",
        "usecase");
    room(
        "usecase.deploy",
        "orders about deployments, which the engine carries out",
        "domain.audit",
        "domain.build",
        "domain.deploy",
        "domain.image",
        "domain.service",
        "domain.source",
        "engine.store",
        "error",
        "port.source",
        "usecase");
    room(
        "usecase.operate",
        "reading, settings, deletion and repair",
        "domain.audit",
        "domain.build",
        "domain.deploy",
        "domain.service",
        "domain.source",
        "engine.check",
        "engine.rollout",
        "engine.store",
        "error",
        "port",
        "port.cluster",
        "usecase",
        "usecase.deploy");
  }

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(CORE);

  private static String room(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(CORE) ? "" : name.substring(CORE.length() + 1);
  }

  private Map<String, Set<String>> found() {
    Map<String, Set<String>> found = new TreeMap<>();
    for (JavaClass type : classes) {
      Set<String> uses = found.computeIfAbsent(room(type), key -> new TreeSet<>());
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass();
        if (target.getPackageName().startsWith(CORE) && !room(target).equals(room(type))) {
          uses.add(room(target));
        }
      }
    }
    return found;
  }

  @Test
  void aPackageUsesWhatItsReasonAllowsAndNothingElse() {
    Map<String, Set<String>> allowed = new TreeMap<>();
    ROOMS.forEach((name, room) -> allowed.put(name, room.uses()));
    // also an arrow that nobody needs any more has to go from the table
    assertThat(found()).isEqualTo(allowed);
  }

  @Test
  void everyArrowPointsDown() {
    Set<String> below = new TreeSet<>();
    ROOMS.forEach(
        (name, room) -> {
          assertThat(below).as("what stands below %s", name).containsAll(room.uses());
          below.add(name);
        });
  }

  @Test
  void nothingBelowTheUseCasesKnowsThem() {
    assertThat(found().entrySet())
        .filteredOn(room -> !room.getKey().startsWith("usecase"))
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

    assertThat(sizes).allSatisfy((name, size) -> assertThat(size).isLessThanOrEqualTo(MOST_TYPES));
  }

  @Test
  void thePageShowsTheSameTable() throws Exception {
    StringBuilder table = new StringBuilder("| package | uses | because |\n|---|---|---|\n");
    ROOMS.forEach(
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
